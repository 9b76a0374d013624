import type { DayColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import type { EpochMs, UtcDay } from '../usage/time';
import { isSafeForKeys } from './address';
import { type ByteBudget, type PagesBudget, readJson, readRows, readText } from './body';
import { Deadline } from './deadline';
import type { Logger } from './log';
import { networkFailure } from './networkFailure';
import { redact, redactFailure } from './redact';
import { fetchFollowing } from './redirects';
import { type FailedAttempt, refusal } from './refusal';
import { type JsonRequest } from './request';
import { backoffMs } from './retry';
import type { RowSink } from './rows/rowSink';

export interface HttpOptions {
  /** Must use the current global `fetch` at each call: VS Code patches it for proxies and certificates. */
  readonly fetch: typeof fetch;
  readonly log: Logger;
  readonly now: () => EpochMs;
  readonly random: () => number;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  /** For a reply that is read as a whole; rows have their own limits. */
  readonly bodyBytes: number;
  /** For all pages of a list together. */
  readonly pagesBytes: number;
  readonly pagesMs: number;
  /** The longest silence of the server, in ms. */
  readonly quietMs: number;
  readonly totalMs: number;
  readonly retries: number;
  /** Longest requested wait before a retry, in ms; the caller plans longer ones. */
  readonly patienceMs: number;
}

const DEFAULT_LIMITS: HttpLimits = {
  bodyBytes: 4 * 1024 * 1024,
  pagesBytes: 64 * 1024 * 1024,
  pagesMs: 600_000,
  quietMs: 30_000,
  totalMs: 300_000,
  retries: 2,
  patienceMs: 2_000,
};

/** Reads the body of a good reply; must call `heard` for each chunk. Throws UsageError. */
type ReadBody<T> = (response: Response, heard: (bytes: number) => void) => Promise<T>;

/** Sends GET requests; every failure is thrown as a {@link UsageError}. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #limits: HttpLimits;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  /** Limits for all pages of a list together, starting now. */
  budget(): PagesBudget {
    const { pagesBytes, pagesMs } = this.#limits;
    return { ...budgetOf(pagesBytes), limitMs: pagesMs, until: performance.now() + pagesMs };
  }

  /** Reads a reply as a whole. */
  getJson(request: JsonRequest): Promise<unknown> {
    return this.#get(request, (response, heard) => readJson(response, this.#budgets(request), heard));
  }

  /**
   * Streams the rows of a reply of any size into columns, for the requested days that it covers. `start` is called for each
   * attempt.
   */
  getRows(request: JsonRequest, start: () => RowSink, days: readonly UtcDay[]): Promise<DayColumns> {
    return this.#get(request, (response, heard) =>
      readRows(response, start(), { days, now: this.#options.now() }, heard),
    );
  }

  async #get<T>(request: JsonRequest, read: ReadBody<T>): Promise<T> {
    if (!isSafeForKeys(request.url)) {
      throw new UsageError({ kind: 'badAddress', address: request.url.origin });
    }
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(request, read);
      if ('value' in outcome) {
        return outcome.value;
      }
      const wait = this.#waitBeforeRetry(outcome, attempt);
      if (wait === undefined) {
        throw new UsageError(redactFailure(outcome.failure, request.secrets));
      }
      await this.#options.pause(wait, request.signal);
    }
  }

  #waitBeforeRetry(outcome: FailedAttempt, attempt: number): number | undefined {
    if (!outcome.mayRetry || attempt > this.#limits.retries) {
      return undefined;
    }
    const backoff = backoffMs(attempt, this.#options.random);
    if (outcome.askedWaitMs === undefined) {
      return backoff;
    }
    return outcome.askedWaitMs <= this.#limits.patienceMs
      ? Math.max(outcome.askedWaitMs, backoff)
      : undefined;
  }

  async #attempt<T>(request: JsonRequest, read: ReadBody<T>): Promise<{ readonly value: T } | FailedAttempt> {
    const { now } = this.#options;
    const deadline = new Deadline({ ...this.#limits, pages: request.budget }, request.signal);
    const started = performance.now();
    let midReply = false;
    let size = 0;
    const heard = (bytes: number): void => {
      deadline.heard();
      size += bytes;
    };
    try {
      const response = await fetchFollowing(request, this.#options.fetch, deadline.signal);
      deadline.signal.throwIfAborted(); // a replaced `fetch` may ignore the signal
      request.onHeaders?.(response.headers);
      midReply = true;
      heard(0);
      const outcome = response.ok
        ? { value: await read(response, heard) }
        : refusal(request, response, await readText(response, this.#budgets(request), heard), now());
      this.#note(request, `${response.status}, ${size} bytes in ${msSince(started)} ms`);
      return outcome;
    } catch (error) {
      const thrown: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
      const failure = networkFailure(thrown, request.url.host, midReply);
      this.#note(request, `${failure.kind} after ${size} bytes, ${msSince(started)} ms`);
      return { failure, mayRetry: failure.kind === 'unreachable' || failure.kind === 'cut' };
    } finally {
      deadline.end();
    }
  }

  #budgets({ budget }: JsonRequest): ByteBudget[] {
    return [budgetOf(this.#limits.bodyBytes), ...(budget === undefined ? [] : [budget])];
  }

  /** The address may contain what a vendor sent, such as a cursor. */
  #note({ url, secrets }: JsonRequest, outcome: string): void {
    this.#options.log.debug(`GET ${redact(url.href, secrets)} → ${outcome}`);
  }
}

function budgetOf(limit: number): ByteBudget {
  return { limit, left: limit };
}

/** By a monotonic clock. */
function msSince(started: number): number {
  return Math.round(performance.now() - started);
}
