import { TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { KnownChecks } from '../../insights/checks/usageChecks';
import type { UsageStore } from '../../store/usageStore';
import type { MachineView } from '../../usage/columns/machines';
import type { Formats } from '../../usage/format';
import { cutInMiddle, displayText } from '../../usage/text';
import type { EpochMs } from '../../usage/time';

/** Input for putting a row into words. */
export interface ItemContext {
  readonly store: UsageStore;
  readonly checks: KnownChecks;
  readonly formats: Formats;
  readonly now: () => EpochMs;
  readonly machineView: () => MachineView;
}

/** A row with a safe label; the caller sets the rest. */
export function row(label: string, expandable: boolean): TreeItem {
  return new TreeItem(
    displayText(label),
    expandable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
}

/** One figure right of the label. A screen reader goes on with `also`, which the tooltip says as well. */
export function showFigure(item: TreeItem, figure: string, ...also: readonly (string | undefined)[]): void {
  item.description = displayText(figure);
  item.accessibilityInformation = { label: joined(item.label as string, figure, ...also) };
}

/** Joins the non-empty parts, each made safe for one line, since some are the vendor's words. */
export function joined(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined || part === '' ? [] : displayText(part))).join(' · ');
}

/**
 * Characters of label and figure together that a sidebar of 290 px has room for, on the first level; each level below takes one.
 * Beside them are the space at the left (8 px), the twistie and the icon (22 px each), the space at the right (12 px) and 8 px for each level:
 * 218 px for a row of the second level, at 7.5 px for a character in a wide font of 13 px.
 */
const ROOM = 31;

/** A name is recognised by so many of its characters at least. */
const SHORTEST_NAME = 8;

/** The characters that a row on this level has for its label and its figure; the account's level is 1. */
export function roomOn(level: number): number {
  return ROOM - level;
}

/** The first of an item's figures, from the longest to the shortest, that leaves its label whole; else the last one. */
export function figureBeside(
  item: TreeItem,
  level: number,
  ...figures: readonly [string, ...string[]]
): string {
  const room = roomOn(level) - (item.label as string).length;
  return figures.find((figure) => figure.length <= room) ?? figures.at(-1) ?? '';
}

/** Cuts a label that is too long for its figure; the full one stays for a screen reader. */
export function fit(item: TreeItem, level: number): void {
  const label = item.label as string;
  const figure = typeof item.description === 'string' ? item.description : '';
  const shown = cutInMiddle(label, Math.max(SHORTEST_NAME, roomOn(level) - figure.length));
  if (shown !== label) {
    item.label = shown;
    item.accessibilityInformation ??= { label: joined(label, figure) };
  }
}
