import type { RowSink } from '../http/rows/rowSink';
import type { RowKind } from '../providers/rowDecoder';
import type { DayColumns, UsageColumns } from '../usage/columns/columns';
import type { EpochMs, UtcDay } from '../usage/time';
import type { Caller } from './channel';
import type { RowSinkService } from './rowSinkService';

/** Bytes per message: each message costs this thread some time. */
const MESSAGE_BYTES = 256 * 1024;

/** Maximum bytes under way; beyond that the sender waits. */
const MOST_AHEAD = 1024 * 1024;

let last = 0;

/** Decodes rows on the other thread: only bytes go there, and columns come back. */
export class RemoteRowSink implements RowSink {
  readonly #caller: Caller;
  readonly #id: number;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  #ahead = 0;
  #error: Error | undefined;
  #resume: (() => void) | undefined;

  constructor(caller: Caller, kind: RowKind) {
    last += 1;
    this.#id = last;
    this.#caller = caller;
    void this.#send('start', [this.#id, kind]);
  }

  async push(bytes: Uint8Array): Promise<void> {
    const chunk = hasOwnBuffer(bytes) ? bytes : new Uint8Array(bytes);
    this.#chunks.push(chunk);
    this.#size += chunk.byteLength;
    if (this.#size >= MESSAGE_BYTES) {
      this.#sendChunks();
    }
    while (this.#ahead > MOST_AHEAD && this.#error === undefined) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#throwIfFailed();
  }

  async end(days: readonly UtcDay[], answeredAt: EpochMs): Promise<DayColumns> {
    this.#sendChunks();
    const covered = await this.#send('end', [this.#id, days, answeredAt]);
    this.#throwIfFailed();
    const columns = new Map<UtcDay, UsageColumns>();
    for (const day of covered as readonly UtcDay[]) {
      columns.set(day, (await this.#caller.call('rowSinks', 'day', [this.#id, day])) as UsageColumns);
    }
    this.cancel();
    return columns;
  }

  cancel(): void {
    void this.#send('cancel', [this.#id]);
  }

  #sendChunks(): void {
    const [chunks, size] = [this.#chunks, this.#size];
    this.#chunks = [];
    this.#size = 0;
    this.#ahead += size;
    const buffers = chunks.map(({ buffer }) => buffer);
    void this.#send('push', [this.#id, chunks], buffers).then(() => {
      this.#ahead -= size;
      this.#resume?.();
    });
  }

  /** Never rejects: the next push, or the end, throws the first error. */
  async #send(
    method: keyof RowSinkService,
    args: readonly unknown[],
    transfer: ArrayBuffer[] = [],
  ): Promise<unknown> {
    try {
      return await this.#caller.call('rowSinks', method, args, transfer);
    } catch (error) {
      this.#error ??= error as Error;
      return undefined;
    }
  }

  #throwIfFailed(): void {
    if (this.#error !== undefined) {
      throw this.#error;
    }
  }
}

function hasOwnBuffer(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}
