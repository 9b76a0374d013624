import { HOURS_OF_DAY } from './dutyModel';

/** A place on the canvas, in CSS pixels from its corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the cells of a duty map stand, in CSS pixels. */
export interface DutyLayout {
  /** Days from left to right and hours down; otherwise the other way round. */
  readonly daysAcross: boolean;
  readonly columns: number;
  readonly rows: number;
  /** All cells together. */
  readonly grid: Box;
  /** Of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** How much room the labels take, in CSS pixels. */
export interface LabelRoom {
  /** Of the widest `14:00`. */
  readonly hour: number;
  /** Of the widest `Fri 20 Nov`. */
  readonly day: number;
  readonly line: number;
}

/** Limits of a day column's width: narrower, it blends with its neighbour; wider, it is a stripe. */
const NARROWEST = 9;
const WIDEST = 100;

const GRID_HEIGHT = 360;
const LOWEST = 14;
const HIGHEST = 22;

/** Between labels and cells. */
const GAP = 8;

/**
 * Days go from left to right, as in the charts. Many days on a narrow page, or few days on a wide one, go down instead,
 * where their full dates fit.
 */
export function dutyLayout(width: number, days: number, room: LabelRoom): DutyLayout {
  const roomAcross = width - room.hour - GAP;
  const column = roomAcross / days;
  const daysAcross = column >= NARROWEST && column <= WIDEST;
  const rows = daysAcross ? HOURS_OF_DAY : days;
  const left = (daysAcross ? room.hour : room.day) + GAP;
  const rowHeight = Math.max(LOWEST, Math.min(HIGHEST, Math.floor(GRID_HEIGHT / rows)));
  // Days have the names of their months below them. Hours stand above, to be seen even if many days follow.
  const above = daysAcross ? 0 : room.line + GAP;
  const below = daysAcross ? 2 * room.line + GAP : 0;
  const grid = { left, top: above, width: Math.max(0, width - left), height: rows * rowHeight };
  return {
    daysAcross,
    columns: daysAcross ? days : HOURS_OF_DAY,
    rows,
    grid,
    width,
    height: above + grid.height + below,
  };
}

/** Whole pixels, so that edges are sharp; one pixel between neighbours stays free. */
export function boxOf({ daysAcross, columns, rows, grid }: DutyLayout, cell: number): Box {
  const hour = cell % HOURS_OF_DAY;
  const day = Math.floor(cell / HOURS_OF_DAY);
  const [column, row] = daysAcross ? [day, hour] : [hour, day];
  const left = Math.round(grid.left + (column * grid.width) / columns);
  const right = Math.round(grid.left + ((column + 1) * grid.width) / columns);
  const top = Math.round(grid.top + (row * grid.height) / rows);
  const bottom = Math.round(grid.top + ((row + 1) * grid.height) / rows);
  return { left, top, width: right - left - 1, height: bottom - top - 1 };
}

/** The cell at a point of the canvas; undefined if none. */
export function cellAt(
  { daysAcross, columns, rows, grid }: DutyLayout,
  x: number,
  y: number,
): number | undefined {
  const column = Math.floor(((x - grid.left) / grid.width) * columns);
  const row = Math.floor(((y - grid.top) / grid.height) * rows);
  if (!(column >= 0 && column < columns && row >= 0 && row < rows)) {
    return undefined;
  }
  const [day, hour] = daysAcross ? [column, row] : [row, column];
  return day * HOURS_OF_DAY + hour;
}

/** How many columns a label of this width needs: a number that divides the hours evenly, and also spaces the days. */
export function labelStep(columnWidth: number, labelWidth: number): number {
  return [1, 2, 3, 6, 12].find((step) => step * columnWidth >= labelWidth + GAP) ?? HOURS_OF_DAY;
}
