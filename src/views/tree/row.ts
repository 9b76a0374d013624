import { TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { KnownChecks } from '../../insights/checks/usageChecks';
import type { UsageStore } from '../../store/usageStore';
import type { MachineView } from '../../usage/columns/machines';
import type { Formats } from '../../usage/format';
import { displayText } from '../../usage/text';
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
