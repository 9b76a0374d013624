import type { Column } from '../chart/place';

/** To what is pointed at, and to the page's edges; in CSS pixels. */
const GAP = 8;

/** A corner on the page, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A plot's place on the page. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Beside the column; where both sides are too narrow, below the plot or above it, so that the bars stay in sight. Undefined
 * where there is no room for all of it. The column is measured from the frame's corner.
 */
export function freeSpot(
  { width, height }: Size,
  page: Size,
  frame: Frame,
  column: Column,
): Spot | undefined {
  const start = frame.left + column.left;
  const fitsIn = (from: number, to: number, own: number): boolean => to - from >= own + 2 * GAP;
  if (fitsIn(0, page.height, height)) {
    const y = within(frame.top + column.top, page.height - height);
    if (fitsIn(start + column.width, page.width, width)) {
      return { x: start + column.width + GAP, y };
    }
    if (fitsIn(0, start, width)) {
      return { x: start - GAP - width, y };
    }
  }
  const x = within(start, page.width - width);
  if (!fitsIn(0, page.width, width)) {
    return undefined;
  }
  if (fitsIn(frame.bottom, page.height, height)) {
    return { x, y: frame.bottom + GAP };
  }
  return fitsIn(0, frame.top, height) ? { x, y: frame.top - GAP - height } : undefined;
}

/** At the far side of the page from the column, so that it covers as little of it as can be. */
export function leastBadSpot({ width, height }: Size, page: Size, frame: Frame, column: Column): Spot {
  const isLeft = frame.left + column.left + column.width / 2 < page.width / 2;
  return {
    x: within(isLeft ? page.width : 0, page.width - width),
    y: within(frame.top + column.top, page.height - height),
  };
}

/** Keeps a gap to the page's edges. */
function within(at: number, room: number): number {
  return Math.max(GAP, Math.min(at, room - GAP));
}
