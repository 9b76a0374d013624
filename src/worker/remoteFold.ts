import type { Fold } from '../http/fold';
import type { FoldKind } from '../providers/fold';
import type { DayColumns, UsageColumns } from '../usage/columns';
import type { UtcDay } from '../usage/time';
import type { Caller } from './channel';
import type { FoldService } from './foldService';

/** So many bytes may be on their way to the other thread; then the sender has to wait. */
const MOST_AHEAD = 1024 * 1024;

let last = 0;

/** Has the other thread fold: only the bytes go there, and the columns come back. */
export class RemoteFold implements Fold {
  readonly #caller: Caller;
  readonly #id: number;
  #ahead = 0;
  #error: Error | undefined;
  #resume: (() => void) | undefined;

  constructor(caller: Caller, kind: FoldKind) {
    last += 1;
    this.#id = last;
    this.#caller = caller;
    this.#send('start', [this.#id, kind], 0);
  }

  async push(bytes: Uint8Array): Promise<void> {
    const own = hasOwnBuffer(bytes) ? bytes : new Uint8Array(bytes);
    this.#send('push', [this.#id, own], own.byteLength, [own.buffer]);
    while (this.#ahead > MOST_AHEAD && this.#error === undefined) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#throwIfFailed();
  }

  async end(days: readonly UtcDay[]): Promise<DayColumns> {
    this.#throwIfFailed();
    await this.#caller.call('fold', 'end', [this.#id, days]);
    const columns = new Map<UtcDay, UsageColumns>();
    for (const day of days) {
      columns.set(day, (await this.#caller.call('fold', 'day', [this.#id, day])) as UsageColumns);
    }
    this.cancel();
    return columns;
  }

  cancel(): void {
    this.#send('cancel', [this.#id], 0);
  }

  #send(
    method: keyof FoldService,
    args: readonly unknown[],
    size: number,
    transfer: ArrayBuffer[] = [],
  ): void {
    this.#ahead += size;
    const done = (): void => {
      this.#ahead -= size;
      this.#resume?.();
    };
    this.#caller.call('fold', method, args, transfer).then(done, (error: unknown) => {
      this.#error ??= error as Error;
      done();
    });
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
