import type { ChartTable } from '../../../protocol/chart';
import { type SeriesQuery, stackedSeries } from '../../../usage/columns/series';

/** Cells of a table at most: 4 MB to send, and a height that a browser can still scroll. */
const MOST_CELLS = 500_000;

/**
 * What the table under a chart lists: every group of the query, used or not. If those are too many cells, the largest groups
 * are listed and the rest is one.
 *
 * @param known for each slot that has begun, whether figures in it are known
 */
export function chartTable(
  query: Omit<SeriesQuery, 'top' | 'unused'>,
  known: readonly boolean[],
  nameOf: (key: string | undefined) => ChartTable['rows'][number],
): ChartTable {
  const top = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, known.length)) - 1);
  const all = stackedSeries({ ...query, top, unused: true });
  const values = new Float64Array(known.length * all.length);
  const beyond: Record<number, string> = {};
  all.forEach((series, row) => {
    known.forEach((isKnown, slot) => {
      const cell = slot * all.length + row;
      const value = series.values[slot] ?? Number.NaN;
      values[cell] = isKnown ? value : Number.NaN;
      const text = series.exact?.[slot];
      if (isKnown && text !== undefined && !Number.isSafeInteger(value)) {
        beyond[cell] = text;
      }
    });
  });
  return { rows: all.map(({ key }) => nameOf(key)), values, exact: beyond };
}
