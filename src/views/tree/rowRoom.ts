import type { TreeItem } from 'vscode';
import { joined } from './row';
import { cutInMiddle, textWidth } from './textWidth';

/*
 * VS Code cuts a row at its end, where its figure is. So a label is cut here, in its middle, where a sidebar of 290 px has no
 * room for both. VS Code does not tell how wide the sidebar is. All sizes are CSS pixels.
 */

/** What a row on the account's level has for its texts, behind the space for the twistie. */
const ROOM = 237;

/** Each level is moved to the right by so much. */
const INDENT = 8;

const ICON = 22;

/** Between label and figure. */
const GAP = 7;

/** VS Code writes the figure smaller than the label. */
const FIGURE_SIZE = 0.9;

/** A name is recognised by so many of its characters at least. */
const SHORTEST_NAME = 8;

/** Whether label and figure have room beside each other in the item's row. The account's level is 1. */
export function hasRoom(item: TreeItem, level: number, figure: string): boolean {
  return textWidth(item.label as string) <= roomForLabel(item, level, figure);
}

/** The first of an item's figures, from the longest to the shortest, that leaves its label whole; else the last one. */
export function figureBeside(
  item: TreeItem,
  level: number,
  ...figures: readonly [string, ...string[]]
): string {
  return figures.find((figure) => hasRoom(item, level, figure)) ?? figures.at(-1) ?? '';
}

/** Cuts a label that is too long for its figure; the full one stays for a screen reader. */
export function fit(item: TreeItem, level: number): void {
  const label = item.label as string;
  const figure = typeof item.description === 'string' ? item.description : '';
  const shown = cutInMiddle(label, roomForLabel(item, level, figure), SHORTEST_NAME);
  if (shown !== label) {
    item.label = shown;
    item.accessibilityInformation ??= { label: joined(label, figure) };
  }
}

function roomForLabel(item: TreeItem, level: number, figure: string): number {
  const room = ROOM - INDENT * (level - 1) - (item.iconPath === undefined ? 0 : ICON);
  return figure === '' ? room : room - GAP - FIGURE_SIZE * textWidth(figure);
}
