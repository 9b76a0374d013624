import { Envelope } from './envelope';
import { type RowBatch, type RowLimits, RowList } from './rowList';

const DEFAULT_LIMITS: RowLimits = {
  rows: 5_000_000,
  rowBytes: 1024 * 1024,
  // Measured: rows of larger batches outlive the engine's young generation; with a megabyte it takes half as long again.
  batchBytes: 64 * 1024,
};

/**
 * Cuts the rows out of one JSON object, `{…, "rows": […], …}`, whose bytes come in any chunks, and passes them on in batches.
 * It never holds the whole text or all rows. It returns and refuses what `JSON.parse` of the whole text would; also, there
 * must be exactly one such list. `null` is an empty list. A byte order mark is skipped. Takes linear time for any bytes.
 */
export class RowCutter {
  readonly #envelope = new Envelope('rows');
  readonly #take: (batch: RowBatch) => void;
  readonly #limits: RowLimits;
  #list: RowList | undefined;
  #listStart = 0;
  #listEnded = false;

  /** @param take receives each batch; what it throws reaches the caller. */
  constructor(take: (batch: RowBatch) => void, limits: Partial<RowLimits> = {}) {
    this.#take = take;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Does not use the bytes after it returns. Throws UsageError `notJson`, `malformed` or `tooLarge`. */
  push(bytes: Uint8Array): void {
    if (this.#list !== undefined && !this.#listEnded) {
      this.#endList(this.#list.push(bytes));
      return;
    }
    const inList = this.#envelope.take(bytes);
    if (inList === undefined) {
      this.#listStart += this.#list === undefined ? bytes.length : 0;
      return;
    }
    this.#listStart += inList;
    this.#list = new RowList(this.#listStart, this.#take, this.#limits);
    this.push(bytes.subarray(inList));
  }

  /**
   * The reply is complete. Returns the object without its rows, since fields before or after them may say what they cover.
   * Throws UsageError as {@link push} does, and `cut` when it ends too early.
   */
  end(): Readonly<Record<string, unknown>> {
    if (this.#list !== undefined && !this.#listEnded) {
      this.#endList(this.#list.end());
    }
    return this.#envelope.end();
  }

  #endList(rest: Uint8Array | undefined): void {
    if (rest !== undefined && this.#list !== undefined) {
      this.#listEnded = true;
      this.#envelope.skipped(this.#list.offset - this.#listStart);
      this.#envelope.take(rest);
    }
  }
}
