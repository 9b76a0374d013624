import type { Fold } from '../http/fold';
import type { RowBatch } from '../http/rowList';
import { RowCutter } from '../http/rows';
import type { DayColumns } from '../usage/columns';
import { UsageError, toFailure } from '../usage/failure';
import type { EpochMs, UtcDay } from '../usage/time';
import { ComputeFold } from './dedalus/computeFold';
import { StorageFold } from './dedalus/storageFold';
import type { FoldKind, StartFold } from './fold';
import { JsonReader } from './reader';

/** Takes a vendor's rows into columns. */
export interface RowFold {
  /** Throws UsageError `malformed` for a row that is not what the vendor documents. */
  take(batch: RowBatch): void;
  /** What it keeps, in bytes of memory, about. */
  readonly memory: number;
  /**
   * Columns for those of `days` that the reply covers; the last call. Throws UsageError `malformed` when the reply contradicts
   * the question.
   */
  build(question: RowQuestion, reply: JsonReader): DayColumns;
}

/** What a long reply has to answer. */
export interface RowQuestion {
  /** Those that were asked for; they follow one another. */
  readonly days: readonly UtcDay[];
  /** By the vendor's clock. */
  readonly answeredAt: EpochMs;
}

/** Columns of one reply may take so much memory, in bytes: five times what a month of 2,000 machines by the hour takes. */
const MOST_MEMORY = 512 * 1024 ** 2;

/** Who knows the rows of a breakdown, a line each. */
const ROW_FOLDS: Readonly<Record<FoldKind, () => RowFold>> = {
  'dedalus.computeHours': () => new ComputeFold('hour'),
  'dedalus.computeDays': () => new ComputeFold('day'),
  'dedalus.storage': () => new StorageFold(),
};

/** Reads in the thread that calls it. */
export const inlineFold: StartFold = (kind) => new InlineFold(ROW_FOLDS[kind]());

class InlineFold implements Fold {
  readonly #rows: RowFold;
  readonly #cutter: RowCutter;
  #error: UsageError | undefined;

  constructor(rows: RowFold) {
    this.#rows = rows;
    this.#cutter = new RowCutter((batch) => {
      rows.take(batch);
      if (rows.memory > MOST_MEMORY) {
        throw new UsageError({ kind: 'tooLarge', limitBytes: MOST_MEMORY, of: 'memory' });
      }
    });
  }

  push(bytes: Uint8Array): Promise<void> {
    return this.#do(() => {
      this.#cutter.push(bytes);
    });
  }

  end(days: readonly UtcDay[], answeredAt: EpochMs): Promise<DayColumns> {
    return this.#do(() => this.#rows.build({ days, answeredAt }, new JsonReader(this.#cutter.end())));
  }

  cancel(): void {
    this.#error ??= new UsageError({ kind: 'cancelled' });
  }

  /** After a failure there is nothing but that failure. */
  #do<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (this.#error !== undefined) {
        throw this.#error;
      }
      try {
        resolve(work());
      } catch (error) {
        this.#error = new UsageError(toFailure(error), { cause: error });
        throw this.#error;
      }
    });
  }
}
