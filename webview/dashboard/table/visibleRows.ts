/** The height of a line in CSS pixels, as in `table.css`. */
export const LINE = 26;

/** Lines above and below those in sight, so that a quick movement finds them drawn. */
const AROUND = 12;

/** The rows to draw: from the first one to before the last one. */
export interface Drawn {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows in sight, and some around them.
 *
 * @param scroll how far the rows are scrolled up, in CSS pixels; beyond the end, the last rows are in sight
 * @param height of the frame that they are seen in
 */
export function drawnRows(count: number, scroll: number, height: number): Drawn {
  const end = Math.max(0, count * LINE - height);
  const first = Math.floor(Math.min(scroll, end) / LINE);
  const to = Math.min(count, first + Math.ceil(height / LINE) + AROUND);
  return { from: Math.max(0, first - AROUND), to };
}

/** How far to scroll, at least, for a row to be wholly in sight. */
export function scrollToRow(row: number, scroll: number, height: number): number {
  return Math.min(row * LINE, Math.max(scroll, (row + 1) * LINE - height));
}
