import { isVoid } from '../usage/keptTime';
import type { EpochMs } from '../usage/time';

/** Maximum readings kept: days of a machine or hours of spend, some kilobytes each. */
const MOST_KEPT = 500;

/** Keeps the newest readings that somebody opened, while they are valid. The next call retries a failed one. */
export class ReadingCache<T> {
  readonly #now: () => EpochMs;
  readonly #known = new Map<string, { readonly asOf: EpochMs; readonly reading: Promise<T> }>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  /** When the kept reading was requested; undefined if none. */
  asOf(key: string): EpochMs | undefined {
    return this.#find(key)?.asOf;
  }

  /** @param isStillValid whether data requested then still holds; rejects as `fetch` does */
  read(key: string, isStillValid: (asOf: EpochMs) => boolean, fetch: () => Promise<T>): Promise<T> {
    const known = this.#find(key);
    if (known !== undefined && isStillValid(known.asOf)) {
      return known.reading;
    }
    const reading = fetch();
    this.#known.delete(key);
    for (const oldest of [...this.#known.keys()].slice(0, Math.max(0, this.#known.size + 1 - MOST_KEPT))) {
      this.#known.delete(oldest);
    }
    this.#known.set(key, { asOf: this.#now(), reading });
    reading.catch(() => {
      this.#known.delete(key);
    });
    return reading;
  }

  #find(key: string): { readonly asOf: EpochMs; readonly reading: Promise<T> } | undefined {
    const known = this.#known.get(key);
    return known === undefined || isVoid(known.asOf, this.#now()) ? undefined : known;
  }
}
