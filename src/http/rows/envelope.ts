import { type Failure, UsageError } from '../../usage/failure';
import { brokenAt } from './brokenJson';
import { StringScan } from './stringScan';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/** U+FEFF in UTF-8, which RFC 8259 lets a reader ignore before a text. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Maximum bytes to keep around the rows, which are only some dates and words. */
const MOST_BYTES = 1024 * 1024;

/**
 * The object around a long list. It finds the list by its name at the top level, keeps the bytes before and after it, and
 * checks them once they are complete. It never sees the list's elements.
 */
export class Envelope {
  readonly #name: string;
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;
  #depth = 0;
  #inString = false;
  readonly #string = new StringScan();
  /** At the top level, between `{` or `,` and `:`. */
  #awaitsKey = false;
  #keyStart = -1;
  #atList = false;
  #seen = 0;
  /** Where in the kept bytes the list was cut out (−1 before it), and the list's bytes. */
  #cut = -1;
  #listBytes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Takes bytes. If they contain the list's `[`, stops there and returns the place after it. */
  take(bytes: Uint8Array): number | undefined {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      this.#keep(byte);
      if (this.#step(byte)) {
        this.#cut = this.#length;
        this.#keep(CLOSE_LIST);
        this.#depth -= 1;
        this.#atList = false;
        return at + 1;
      }
    }
    return undefined;
  }

  /** How long the list was in bytes, from after its `[` to its `]`. */
  skipped(listBytes: number): void {
    this.#listBytes = listBytes;
  }

  /**
   * Everything has come. Returns the object, with its list empty. Throws UsageError `notJson` or `cut` when it is not JSON,
   * and `malformed` when there is no list of that name; `null` counts as an empty one.
   */
  end(): Readonly<Record<string, unknown>> {
    const text = this.#bytes.toString('utf8', 0, this.#length);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new UsageError(this.#broken());
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError({ kind: 'malformed', path: 'reply', expected: 'object' });
    }
    const object = value as Record<string, unknown>;
    if (this.#cut < 0 && object[this.#name] !== null) {
      this.#refuse();
    }
    return object;
  }

  #step(byte: number): boolean {
    if (this.#inString) {
      this.#inString = !this.#string.endsAt(byte);
      if (!this.#inString) {
        this.#stringEnds();
      }
      return false;
    }
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#keyStart = this.#awaitsKey ? this.#length - 1 : -1;
        return false;
      case OPEN_OBJECT:
      case OPEN_LIST:
        this.#depth += 1;
        this.#awaitsKey = this.#depth === 1 && byte === OPEN_OBJECT;
        return this.#depth === 2 && this.#atList && byte === OPEN_LIST;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.#depth -= 1;
        return false;
      case COMMA:
        this.#awaitsKey = this.#depth === 1;
        this.#atList &&= !this.#awaitsKey;
        return false;
      case COLON:
        this.#awaitsKey = false;
        return false;
      default:
        return false;
    }
  }

  #stringEnds(): void {
    this.#atList = this.#keyStart >= 0 && this.#isName();
    this.#seen += this.#atList ? 1 : 0;
    if (this.#seen > 1) {
      this.#refuse();
    }
  }

  /** A key may be written with escapes. */
  #isName(): boolean {
    try {
      return JSON.parse(this.#bytes.toString('utf8', this.#keyStart, this.#length)) === this.#name;
    } catch {
      return false;
    }
  }

  #keep(byte: number): void {
    if (this.#length === this.#bytes.length) {
      if (this.#length >= MOST_BYTES) {
        const failure = this.#broken();
        throw new UsageError(
          failure.kind === 'notJson' ? failure : { kind: 'tooLarge', limitBytes: MOST_BYTES, of: 'part' },
        );
      }
      this.#bytes = Buffer.concat([this.#bytes], this.#length * 2);
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
    // Replaced with spaces, so that places in the reply stay.
    if (this.#length === BYTE_ORDER_MARK.length && this.#bytes.indexOf(BYTE_ORDER_MARK) === 0) {
      this.#bytes.fill(SPACE, 0, this.#length);
    }
  }

  #broken(): Failure {
    const kept = this.#bytes.subarray(0, this.#length);
    const place = kept.toString('latin1').trim() === '' ? 0 : brokenAt(kept);
    const at = place ?? this.#length;
    const offset = this.#cut >= 0 && at >= this.#cut ? at + this.#listBytes - 1 : at;
    return place === undefined ? { kind: 'cut', offset } : { kind: 'notJson', contentType: '', offset };
  }

  #refuse(): never {
    throw new UsageError({ kind: 'malformed', path: `reply.${this.#name}`, expected: 'list' });
  }
}
