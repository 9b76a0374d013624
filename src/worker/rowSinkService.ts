import type { RowSink } from '../http/rows/rowSink';
import type { RowKind } from '../providers/rowDecoder';
import { openInlineRowSink } from '../providers/rowDecoders';
import type { DayColumns, UsageColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import type { EpochMs, UtcDay } from '../usage/time';

/** The other thread's row sinks, by the numbers it gives them. Each ends with `cancel`, even after a failure. */
export class RowSinkService {
  readonly #sinks = new Map<number, RowSink>();
  readonly #ended = new Map<number, DayColumns>();

  start(id: number, kind: RowKind): void {
    this.#sinks.set(id, openInlineRowSink(kind));
  }

  async push(id: number, chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
    for (const chunk of chunks) {
      await this.#find(id).push(chunk);
      chunk.buffer.transfer(0); // frees megabytes now, without waiting for garbage collection
    }
  }

  /** Returns the days that the reply covers. */
  async end(id: number, days: readonly UtcDay[], answeredAt: EpochMs): Promise<readonly UtcDay[]> {
    const columns = await this.#find(id).end(days, answeredAt);
    this.#ended.set(id, columns);
    return [...columns.keys()];
  }

  /** The columns of a day, once the reply has ended. One day per call, because taking an answer blocks the other thread. */
  day(id: number, day: UtcDay): UsageColumns | undefined {
    return this.#ended.get(id)?.get(day);
  }

  cancel(id: number): void {
    this.#sinks.delete(id);
    this.#ended.delete(id);
  }

  #find(id: number): RowSink {
    const sink = this.#sinks.get(id);
    if (sink === undefined) {
      throw new UsageError({ kind: 'cancelled' });
    }
    return sink;
  }
}
