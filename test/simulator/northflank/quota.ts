import { type EpochMs, HOUR, SECOND } from '../clock';

/** So many requests an hour; the hour begins with its first request. */
export class Quota {
  readonly #limit: number;
  #end = -Infinity;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a request; false when it is one too many. */
  admit(now: EpochMs): boolean {
    if (now >= this.#end) {
      this.#end = now + HOUR;
      this.#used = 0;
    }
    this.#used += 1;
    return this.#used <= this.#limit;
  }

  /** What the vendor tells with every reply. */
  headers(now: EpochMs): Record<string, string> {
    const left = Math.max(0, this.#limit - this.#used);
    const reset = Math.ceil(Math.max(0, this.#end - now) / SECOND);
    return {
      'x-ratelimit-limit': String(this.#limit),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': String(reset),
    };
  }
}
