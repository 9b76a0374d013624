import { RowCutter } from '../http/rows/rows';
import type { RowSink } from '../http/rows/rowSink';
import type { DayColumns } from '../usage/columns/columns';
import { toFailure, UsageError } from '../usage/failure';
import type { EpochMs, UtcDay } from '../usage/time';
import { ComputeDecoder } from './dedalus/computeDecoder';
import { StorageDecoder } from './dedalus/storageDecoder';
import { JsonReader } from './reader';
import type { OpenRowSink, RowDecoder, RowKind } from './rowDecoder';

/** Maximum memory for the columns of one reply, in bytes: five times a month of 2,000 machines by the hour. */
const MOST_MEMORY = 512 * 1024 ** 2;

/** The decoder of each kind of row, one per line. */
const ROW_DECODERS: Readonly<Record<RowKind, () => RowDecoder>> = {
  'dedalus.computeHours': () => new ComputeDecoder('hour'),
  'dedalus.computeDays': () => new ComputeDecoder('day'),
  'dedalus.storage': () => new StorageDecoder(),
};

/** Decodes in the calling thread. */
export const openInlineRowSink: OpenRowSink = (kind) => new InlineRowSink(ROW_DECODERS[kind]());

class InlineRowSink implements RowSink {
  readonly #rows: RowDecoder;
  readonly #cutter: RowCutter;
  #error: UsageError | undefined;

  constructor(rows: RowDecoder) {
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

  /** After a failure, every call fails with it. */
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
