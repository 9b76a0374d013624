import { type Amount, toAmount } from '../usage/amount';
import { decimalAmount } from '../usage/decimal';
import { type Expected, UsageError } from '../usage/failure';
import { parseInstant } from '../usage/instant';
import type { EpochMs } from '../usage/time';

export { parseInstant };

/**
 * Reads untrusted JSON field by field. A field that is not what the vendor documents throws UsageError `malformed`
 * with its path; fields that nobody reads are ignored, so that a vendor may add some.
 */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path = 'reply') {
    this.#value = value;
    this.#path = path;
  }

  /** Where it is in the reply. */
  get path(): string {
    return this.#path;
  }

  /** All of it as one text: the same for equal values in the same order. */
  json(): string {
    return JSON.stringify(this.#value, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  }

  field(name: string): JsonReader {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#fail('object');
    }
    // Only own properties: a vendor's "__proto__" or "constructor" must not reach ours.
    const found: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return new JsonReader(found, `${this.#path}.${name}`);
  }

  /** Absent and `null` are the same: not known. */
  get isAbsent(): boolean {
    return this.#value === undefined || this.#value === null;
  }

  optional<T>(read: (reader: JsonReader) => T): T | undefined {
    return this.isAbsent ? undefined : read(this);
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.#fail('text');
  }

  /** A finite number that need not be whole. */
  double(): number {
    const value = typeof this.#value === 'bigint' ? Number(this.#value) : this.#value;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#fail('number');
  }

  /** A number that need not be whole, as an exact whole number of 10^−`decimals`. */
  decimal(decimals: number): Amount {
    return typeof this.#value === 'bigint'
      ? decimalAmount(this.#value, decimals)
      : decimalAmount(this.double(), decimals);
  }

  flag(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : this.#fail('flag');
  }

  /** An int64: exact, or refused. */
  amount(): Amount {
    const value = this.#value;
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) {
      return toAmount(value);
    }
    return this.#fail('exactInteger');
  }

  /** A whole number small enough to count with. */
  count(): number {
    const value = this.amount();
    return typeof value === 'number' ? value : this.#fail('smallInteger');
  }

  instant(): EpochMs {
    const at = parseInstant(this.text());
    return Number.isNaN(at) ? this.#fail('dateTime') : at;
  }

  /**
   * The elements of an array; none for `null`, which vendors using Go write for an empty list. An absent list is refused,
   * because a reply of another kind would read as no usage at all.
   */
  list<T>(read: (reader: JsonReader) => T): T[] {
    if (this.#value === null) {
      return [];
    }
    if (!Array.isArray(this.#value)) {
      return this.#fail('list');
    }
    return this.#value.map((element: unknown, index) =>
      read(new JsonReader(element, `${this.#path}[${index}]`)),
    );
  }

  #fail(expected: Expected): never {
    throw new UsageError({ kind: 'malformed', path: this.#path, expected });
  }
}
