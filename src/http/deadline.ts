import { UsageError } from '../usage/failure';

/**
 * Time limits of one request, as an AbortSignal: VS Code replaces a caller's own dispatcher when a proxy is in use,
 * so limits set there would be lost.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #quietMs: number;
  readonly #total: NodeJS.Timeout;
  #quiet: NodeJS.Timeout;

  /** @param quietMs the longest silence; @param totalMs the longest whole exchange. */
  constructor(quietMs: number, totalMs: number, caller?: AbortSignal) {
    this.#caller = caller;
    this.#quietMs = quietMs;
    this.#quiet = this.#expireAfter(quietMs);
    this.#total = this.#expireAfter(totalMs);
    if (caller?.aborted === true) {
      this.#cancel();
    } else {
      caller?.addEventListener('abort', this.#cancel);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something arrived: the silence starts anew. */
  heard(): void {
    clearTimeout(this.#quiet);
    this.#quiet = this.#expireAfter(this.#quietMs);
  }

  end(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#total);
    this.#caller?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => {
    this.#controller.abort(new UsageError({ kind: 'cancelled' }));
  };

  #expireAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#controller.abort(new UsageError({ kind: 'timeout', seconds: ms / 1000 }));
    }, ms);
  }
}
