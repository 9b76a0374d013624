/** Slots of equal width, side by side in a plot: in CSS pixels from the canvas's corner. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** How many slots the axis has. */
  readonly slots: number;
}

/** Where some slots stand on the page. */
export interface Column {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

/** The column of the slots from `first` to `last`, both included. */
export function columnOf({ left, top, width, height, slots }: Plot, first: number, last = first): Column {
  const slotWidth = width / slots;
  return { left: left + first * slotWidth, width: (last - first + 1) * slotWidth, top, height };
}

/** The same, widened around its middle enough to be seen. */
export function seenColumn(column: Column, least = 3): Column {
  const more = Math.max(0, least - column.width);
  return { ...column, left: column.left - more / 2, width: column.width + more };
}

/** The slot at `x`; undefined beside the plot and in slots that have not begun. */
export function slotAt({ left, width, slots }: Plot, begun: number, x: number): number | undefined {
  const slot = Math.floor(((x - left) / width) * slots);
  return slot >= 0 && slot < begun ? slot : undefined;
}

/** The slot nearest to `x` among those that have begun; there is at least one. */
export function nearestSlot({ left, width, slots }: Plot, begun: number, x: number): number {
  const slot = Math.floor(((x - left) / width) * slots);
  return Math.max(0, Math.min(slot, begun - 1));
}
