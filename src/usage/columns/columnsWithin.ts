import type { Period } from '../time';
import type { UsageColumns } from './columns';

/**
 * The rows whose buckets lie within a period, as new columns. Undefined if a bucket crosses an edge of the period, because
 * nothing tells how much of its usage falls inside.
 */
export function columnsWithin(columns: UsageColumns, { start, end }: Period): UsageColumns | undefined {
  const chosen: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const from = columns.start[row] ?? 0;
    const to = columns.end[row] ?? 0;
    if (to <= start || from >= end) {
      continue;
    }
    if (from < start || to > end) {
      return undefined;
    }
    chosen.push(row);
  }
  return chosen.length === columns.length ? columns : rowsAt(columns, chosen);
}

function rowsAt(columns: UsageColumns, rows: readonly number[]): UsageColumns {
  const times = (values: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
  return {
    ...columns,
    length: rows.length,
    subject: Uint32Array.from(rows, (row) => columns.subject[row] ?? 0),
    shape: Int32Array.from(rows, (row) => columns.shape[row] ?? -1),
    trail: Uint32Array.from(rows, (row) => columns.trail[row] ?? 0),
    start: times(columns.start),
    end: times(columns.end),
    dataThrough: times(columns.dataThrough),
    emittedAt: times(columns.emittedAt),
    amounts: new Map([...columns.amounts].map(([meter, values]) => [meter, times(values)])),
    beyond: new Map([...columns.beyond].map(([meter, exact]) => [meter, moved(exact, rows)])),
  };
}

function moved(exact: ReadonlyMap<number, bigint>, rows: readonly number[]): ReadonlyMap<number, bigint> {
  return new Map(
    rows.flatMap((row, at) => {
      const value = exact.get(row);
      return value === undefined ? [] : [[at, value] as const];
    }),
  );
}
