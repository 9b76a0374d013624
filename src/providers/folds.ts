import type { Fold } from '../http/fold';
import type { RowBatch } from '../http/rowList';
import { RowCutter } from '../http/rows';
import type { DayColumns } from '../usage/columns';
import { UsageError, toFailure } from '../usage/failure';
import type { UtcDay } from '../usage/time';
import { ComputeFold } from './dedalus/computeFold';
import { StorageFold } from './dedalus/storageFold';
import type { FoldKind, StartFold } from './fold';

/** Takes a vendor's rows into columns. */
export interface RowFold {
  /** Throws UsageError `malformed` for a row that is not what the vendor documents. */
  take(batch: RowBatch): void;
  /** Columns for every one of `days`; the last call. */
  build(days: readonly UtcDay[]): DayColumns;
}

/** Who knows the rows of a breakdown, a line each. */
const ROW_FOLDS: Readonly<Record<FoldKind, () => RowFold>> = {
  'dedalus.computeHours': () => new ComputeFold('own'),
  'dedalus.computeDays': () => new ComputeFold('shared'),
  'dedalus.storage': () => new StorageFold(),
};

/** Reads in the thread that calls it. */
export const inlineFold: StartFold = (kind) => {
  const rows = ROW_FOLDS[kind]();
  const cutter = new RowCutter((batch) => {
    rows.take(batch);
  });
  return {
    push: (bytes) =>
      promised(() => {
        cutter.push(bytes);
      }),
    end: (days) =>
      promised(() => {
        cutter.end();
        return rows.build(days);
      }),
    cancel: () => {},
  } satisfies Fold;
};

function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(work());
    } catch (error) {
      reject(new UsageError(toFailure(error), { cause: error }));
    }
  });
}
