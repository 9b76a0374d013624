import type { MeterId } from '../meter';
import type { UsageColumns } from './columns';
import { type Numbers, type PackedNumbers, packNumbers, unpackNumbers } from './packedNumbers';

/** The same columns in a quarter of the memory: each column of numbers is in its smallest exact form. */
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
  const { length, subjectIds, shapes, trails, beyond, amounts } = columns;
  const { subject, shape, trail, start, end, dataThrough, emittedAt } = columns;
  const indexes = [subject, shape, trail].map((numbers) => new Float64Array(numbers));
  const all = [...indexes, start, end, dataThrough, emittedAt, ...amounts.values()];
  return {
    ...{ length, subjectIds, shapes, trails, beyond },
    ...{ meters: [...amounts.keys()], numbers: all.map(packNumbers) },
  };
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
  return {
    ...{ length, subjectIds, shapes, trails, beyond },
    subject: next(new Uint32Array(length)),
    shape: next(new Int32Array(length)),
    trail: next(new Uint32Array(length)),
    start: next(new Float64Array(length)),
    end: next(new Float64Array(length)),
    dataThrough: next(new Float64Array(length)),
    emittedAt: next(new Float64Array(length)),
    amounts: new Map(meters.map((meter) => [meter, next(new Float64Array(length))])),
  };
}
