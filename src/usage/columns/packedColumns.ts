import type { MeterId } from '../meter';
import type { UsageColumns } from './columns';
import { type Indexes, narrowed, narrowedOptional } from './indexColumn';
import { type Numbers, type PackedNumbers, packNumbers, unpackNumbers } from './packedNumbers';
import { type RowTimes, TimeColumns } from './timeColumns';

/** The same columns in half of the memory: each column of numbers is in its smallest exact form. */
export interface PackedColumns extends Pick<
  UsageColumns,
  'length' | 'subjectIds' | 'shapes' | 'trails' | 'beyond'
> {
  /** In the order of their columns in `numbers`. */
  readonly meters: readonly MeterId[];
  /** Subject, shape, trail, start, end, dataThrough, emittedAt, and one per meter. */
  readonly numbers: readonly PackedNumbers[];
}

export function packColumns(columns: UsageColumns): PackedColumns {
  const { length, subjectIds, shapes, trails, beyond, amounts, times } = columns;
  const { subject, shape, trail, start, end, dataThrough, emittedAt } = columns;
  return {
    ...{ length, subjectIds, shapes, trails, beyond },
    meters: [...amounts.keys()],
    numbers: [
      ...[subject, shape, trail].map((indexes) => packNumbers(new Float64Array(indexes))),
      ...[start, end, dataThrough, emittedAt].map((indexes) => packNumbers(timesAt(times, indexes))),
      ...Array.from(amounts.values(), packNumbers),
    ],
  };
}

function timesAt(times: Float64Array, indexes: Indexes): Float64Array {
  const all = new Float64Array(indexes.length);
  for (let row = 0; row < all.length; row += 1) {
    all[row] = times[indexes[row] ?? -1] ?? Number.NaN;
  }
  return all;
}

/** Throws RangeError if the length of a column differs from the number of rows. */
export function unpackColumns(packed: PackedColumns): UsageColumns {
  const { length, subjectIds, shapes, trails, beyond, meters, numbers } = packed;
  let column = 0;
  const next = <T extends Numbers>(into: T): T => {
    const own = numbers[column] ?? { form: [], bytes: new Uint8Array(0) };
    column += 1;
    return unpackNumbers(own, into);
  };
  const doubles = (): Float64Array<ArrayBuffer> => next(new Float64Array(length));
  return {
    ...{ length, subjectIds, shapes, trails, beyond },
    subject: narrowed(next(new Uint32Array(length))),
    shape: narrowedOptional(next(new Int32Array(length))),
    trail: narrowed(next(new Uint32Array(length))),
    ...timesOf([doubles(), doubles(), doubles(), doubles()], length),
    amounts: new Map(meters.map((meter) => [meter, doubles()])),
  };
}

function timesOf(packed: readonly Float64Array[], length: number): RowTimes {
  const [start, end, dataThrough, emittedAt] = packed;
  const columns = new TimeColumns(length);
  for (let row = 0; row < length; row += 1) {
    columns.set(
      row,
      start?.[row] ?? Number.NaN,
      end?.[row] ?? Number.NaN,
      dataThrough?.[row] ?? Number.NaN,
      emittedAt?.[row] ?? Number.NaN,
    );
  }
  return columns.build();
}
