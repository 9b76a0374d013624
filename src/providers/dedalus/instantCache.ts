import type { EpochMs } from '../../usage/time';
import { parseInstant } from '../reader';

/** Rows of a reply share their times: the edges of hours, and when each was metered. */
const MOST_TEXTS = 10_000;

/** A date-time with nanoseconds and its zone has 35 characters. */
const LONGEST_TEXT = 40;

/** Memoizes parsed date-times. */
export class InstantCache {
  readonly #known = new Map<string, EpochMs>();
  #text = '';
  #at: EpochMs = Number.NaN;

  /** UTC milliseconds; NaN if it is not a date-time with a zone. */
  instant(value: unknown): EpochMs {
    if (value === this.#text) {
      return this.#at;
    }
    if (typeof value !== 'string') {
      return Number.NaN;
    }
    this.#text = value;
    this.#at = this.#known.get(value) ?? this.#parse(value);
    return this.#at;
  }

  #parse(text: string): EpochMs {
    if (this.#known.size >= MOST_TEXTS) {
      this.#known.clear();
    }
    const at = parseInstant(text);
    if (text.length <= LONGEST_TEXT) {
      this.#known.set(text, at);
    }
    return at;
  }
}
