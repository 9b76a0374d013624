import type { Period } from '../time';
import { endAt, startAt, type UsageColumns } from './columns';
import type { Indexes, OptionalIndexes } from './indexColumn';

/**
 * The rows whose buckets lie within a period, as new columns. Undefined if a bucket crosses an edge of the period, because
 * nothing tells how much of its usage falls inside.
 */
export function columnsWithin(columns: UsageColumns, { start, end }: Period): UsageColumns | undefined {
  const chosen: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const from = startAt(columns, row);
    const to = endAt(columns, row);
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
  const at = <T extends Indexes | OptionalIndexes | Float64Array>(values: T): T => {
    const chosen = values.slice(0, rows.length) as T;
    rows.forEach((row, place) => {
      chosen[place] = values[row] ?? 0;
    });
    return chosen;
  };
  return {
    ...columns,
    length: rows.length,
    times: columns.times.slice(),
    subject: at(columns.subject),
    shape: at(columns.shape),
    trail: at(columns.trail),
    start: at(columns.start),
    end: at(columns.end),
    dataThrough: at(columns.dataThrough),
    emittedAt: at(columns.emittedAt),
    amounts: new Map([...columns.amounts].map(([meter, values]) => [meter, at(values)])),
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
