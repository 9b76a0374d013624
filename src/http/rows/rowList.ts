import { UsageError } from '../../usage/failure';
import { parseJson } from '../json';
import { BorderSearch } from './borderSearch';
import { brokenAt } from './brokenJson';

const COMMA = 0x2c;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = Buffer.from('[');

/** Some of a reply's rows. */
export interface RowBatch {
  /** As `JSON.parse` gives them: whole numbers beyond 2^53 are not exact. */
  readonly rows: readonly unknown[];
  /** The index of the first row in the reply. */
  readonly first: number;
  /** The same rows, with whole numbers beyond 2^53 as `bigint`; parses them again. */
  readonly exact: () => readonly unknown[];
}

export interface RowLimits {
  readonly rows: number;
  /** The longest single row. */
  readonly rowBytes: number;
  /** How much is parsed at once. */
  readonly batchBytes: number;
}

/**
 * Reads the inside of a JSON list, from after its `[`, in any chunks. Passes its elements on in batches.
 *
 * A batch is cut at the last `}` that has come. A row usually ends there, and `JSON.parse` of `[batch]` proves it, since a
 * list can be read in only one way. If that fails, the borders between rows are searched byte by byte.
 */
export class RowList {
  readonly #take: (batch: RowBatch) => void;
  readonly #limits: RowLimits;
  /** Where in the reply the pending bytes begin. */
  #offset: number;
  #pending = Buffer.alloc(0);
  #length = 0;
  #next: 'rowOrEnd' | 'row' | 'commaOrEnd' = 'rowOrEnd';
  #rows = 0;
  /** Set while the next row is searched byte by byte. */
  #search: BorderSearch | undefined;

  constructor(offset: number, take: (batch: RowBatch) => void, limits: RowLimits) {
    this.#offset = offset;
    this.#take = take;
    this.#limits = limits;
  }

  /** Returns what follows the list's `]` once that has been found. Throws UsageError. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    const { batchBytes } = this.#limits;
    for (let at = 0; at < bytes.length; at += batchBytes) {
      this.#append(bytes.subarray(at, at + batchBytes));
      if (this.#length >= batchBytes && this.#drain(batchBytes)) {
        return Buffer.concat([this.#pending.subarray(0, this.#length), bytes.subarray(at + batchBytes)]);
      }
    }
    return undefined;
  }

  /** Nothing more comes. Returns what follows the list's `]`; throws UsageError when there is none. */
  end(): Uint8Array {
    if (this.#drain(1)) {
      return this.#pending.subarray(0, this.#length);
    }
    return this.#refuse(0, this.#length);
  }

  /** How many bytes of the reply precede those that {@link push} or {@link end} returned. */
  get offset(): number {
    return this.#offset;
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#pending.length) {
      const grown = Buffer.allocUnsafeSlow(2 * length);
      grown.set(this.#pending.subarray(0, this.#length));
      this.#pending = grown;
    }
    this.#pending.set(bytes, this.#length);
    this.#length = length;
  }

  /** Takes rows while at least `least` bytes are pending. Returns whether the list has ended. */
  #drain(least: number): boolean {
    for (let at = this.#skipSpace(0); ; at = this.#skipSpace(at)) {
      const byte = at < this.#length ? this.#pending[at] : undefined;
      if (byte === CLOSE_LIST && this.#next !== 'row') {
        this.#drop(at + 1);
        return true;
      }
      if (byte !== undefined && this.#next === 'commaOrEnd') {
        if (byte !== COMMA) {
          this.#refuseByte(at);
        }
        this.#next = 'row';
        at += 1;
        continue;
      }
      const end = this.#length - at >= least ? this.#takeRows(at) : at;
      if (end === at) {
        this.#drop(at);
        return false;
      }
      this.#next = 'commaOrEnd';
      at = end;
    }
  }

  #skipSpace(from: number): number {
    let at = from;
    for (; at < this.#length; at += 1) {
      const byte = this.#pending[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        break;
      }
    }
    return at;
  }

  #drop(count: number): void {
    this.#pending.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#offset += count;
  }

  /** Takes whole rows from `start`, where one begins. Returns the place after them, or `start` if none is whole. */
  #takeRows(start: number): number {
    if (this.#search === undefined) {
      const end = this.#pending.lastIndexOf(CLOSE_OBJECT, this.#length - 1) + 1;
      if (end > start && this.#parse(start, end)) {
        return end;
      }
      this.#search = new BorderSearch();
    }
    const border = this.#search.find(this.#pending.subarray(start, this.#length));
    if (border < 0) {
      if (this.#length - start > this.#limits.rowBytes) {
        this.#refuse(start, this.#length);
      }
      return start;
    }
    this.#search = undefined;
    if (border === 0) {
      this.#refuseByte(start);
    }
    const end = start + border;
    if (!this.#parse(start, end)) {
      this.#refuse(start, end + 1);
    }
    return end;
  }

  /** Passes on the rows between two places; false if they are not whole rows. */
  #parse(start: number, end: number): boolean {
    const text = `[${this.#pending.toString('utf8', start, end)}]`;
    let rows: unknown[];
    try {
      rows = JSON.parse(text) as unknown[];
    } catch {
      return false;
    }
    const first = this.#rows;
    this.#rows += rows.length;
    if (this.#rows > this.#limits.rows) {
      throw new UsageError({ kind: 'tooLarge', limitRows: this.#limits.rows });
    }
    this.#take({ rows, first, exact: () => parseExactly(text) });
    return true;
  }

  /** Throws why the pending bytes between two places are not a whole row. */
  #refuse(start: number, end: number): never {
    const place = brokenAt(Buffer.concat([OPEN_LIST, this.#pending.subarray(start, end)]));
    if (place !== undefined) {
      this.#refuseByte(start + place - OPEN_LIST.length);
    }
    throw new UsageError(
      end - start > this.#limits.rowBytes
        ? { kind: 'tooLarge', limitBytes: this.#limits.rowBytes, of: 'part' }
        : { kind: 'cut', offset: this.#offset + end },
    );
  }

  #refuseByte(at: number): never {
    throw new UsageError({ kind: 'notJson', contentType: '', offset: this.#offset + at });
  }
}

/** Throws UsageError where a large number is nested deeper than the engine can look. */
function parseExactly(text: string): unknown[] {
  try {
    return parseJson(text, Infinity) as unknown[]; // no depth limit: only documented fields of rows are read
  } catch (error) {
    throw new UsageError(
      { kind: 'malformed', path: 'reply.rows', expected: 'exactInteger' },
      { cause: error },
    );
  }
}
