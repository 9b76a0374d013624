import { UsageError } from '../usage/failure';
import type { PagesBudget } from './body';

/** In ms. */
export interface TimeLimits {
  /** The longest silence. */
  readonly quietMs: number;
  /** The longest whole exchange. */
  readonly totalMs: number;
  /** For a page of many. */
  readonly pages?: PagesBudget | undefined;
}

/**
 * Time limits of one request, as an AbortSignal. Limits set on a dispatcher would be lost, because VS Code replaces it when
 * a proxy is in use.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #quietMs: number;
  readonly #totals: readonly NodeJS.Timeout[];
  #quiet: NodeJS.Timeout;

  constructor({ quietMs, totalMs, pages }: TimeLimits, caller?: AbortSignal) {
    this.#caller = caller;
    this.#quietMs = quietMs;
    this.#quiet = this.#expireAfter(quietMs);
    const ofPages =
      pages === undefined ? [] : [this.#expireAfter(pages.until - performance.now(), pages.limitMs)];
    this.#totals = [this.#expireAfter(totalMs), ...ofPages];
    if (caller?.aborted === true) {
      this.#cancel();
    } else {
      caller?.addEventListener('abort', this.#cancel);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something arrived: restarts the silence limit. */
  heard(): void {
    clearTimeout(this.#quiet);
    this.#quiet = this.#expireAfter(this.#quietMs);
  }

  end(): void {
    clearTimeout(this.#quiet);
    this.#totals.forEach(clearTimeout);
    this.#caller?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => {
    this.#controller.abort(new UsageError({ kind: 'cancelled' }));
  };

  #expireAfter(ms: number, limitMs = ms): NodeJS.Timeout {
    return setTimeout(() => {
      this.#controller.abort(new UsageError({ kind: 'timeout', seconds: limitMs / 1000 }));
    }, ms);
  }
}
