import { type Failure, UsageError } from '../usage/failure';
import type { EpochMs } from '../usage/time';
import { isSafeForKeys } from './address';
import { readText } from './body';
import { Deadline } from './deadline';
import { parseJson } from './json';
import type { Logger } from './log';
import { networkFailure } from './networkFailure';
import { redact } from './redact';
import { backoffMs, isRetryableStatus, reasonableWait, retryAfterMs } from './retry';

/** What a vendor says in the body of a refusal. */
export interface VendorComplaint {
  /** The vendor's own code, such as `AUTH_ORG_MISMATCH`. */
  readonly code?: string;
  readonly message: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

export interface JsonRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The key, so that it can be taken out of anything the vendor answers. */
  readonly secrets: readonly string[];
  /** Reads the vendor's error body; undefined when it is in no form that the vendor documents. */
  readonly complaint: (body: unknown) => VendorComplaint | undefined;
  /** Statuses that mean something special at this vendor; undefined for the usual meaning. */
  readonly interpret?: (status: number, complaint: VendorComplaint | undefined) => Failure | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface JsonReply {
  readonly value: unknown;
  readonly receivedAt: EpochMs;
}

export interface HttpOptions {
  /** Called for each request, and looked up then: VS Code patches the global one for proxies and certificates. */
  readonly fetch: typeof fetch;
  readonly log: Logger;
  readonly now: () => EpochMs;
  readonly random: () => number;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  readonly bodyBytes: number;
  /** The longest silence of the server, in ms. */
  readonly quietMs: number;
  readonly totalMs: number;
  readonly retries: number;
  /** A longer wait than this, when asked for, is the caller's to plan; in ms. */
  readonly patienceMs: number;
}

const DEFAULT_LIMITS: HttpLimits = {
  bodyBytes: 64 * 1024 * 1024,
  quietMs: 30_000,
  totalMs: 300_000,
  retries: 2,
  patienceMs: 2_000,
};

/** The wait after a 429 that does not say how long. */
const UNSAID_WAIT_MS = 60_000;
const MAX_REDIRECTS = 3;
const DETAIL_LENGTH = 300;

/** Sends GET requests and returns JSON; every failure is thrown as a {@link UsageError}. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #limits: HttpLimits;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  async getJson(request: JsonRequest): Promise<JsonReply> {
    if (!isSafeForKeys(request.url)) {
      throw new UsageError({ kind: 'badAddress', address: request.url.origin });
    }
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(request);
      if ('value' in outcome) {
        return outcome;
      }
      const wait = this.#waitBeforeRetry(outcome, attempt);
      if (wait === undefined) {
        throw new UsageError(outcome.failure);
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

  async #attempt(request: JsonRequest): Promise<JsonReply | FailedAttempt> {
    const { log, now } = this.#options;
    const deadline = new Deadline(this.#limits.quietMs, this.#limits.totalMs, request.signal);
    const started = now();
    let midReply = false;
    try {
      const response = await this.#fetchFollowing(request, deadline.signal);
      midReply = true;
      deadline.heard();
      const text = await readText(response, this.#limits.bodyBytes, () => {
        deadline.heard();
      });
      const receivedAt = now();
      log.debug(
        `GET ${request.url.href} → ${response.status}, ${text.length} characters in ${receivedAt - started} ms`,
      );
      return response.ok ? read(text, response, receivedAt) : this.#refusal(request, response, text);
    } catch (error) {
      const thrown: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
      const failure = networkFailure(thrown, request.url.host, midReply);
      log.debug(`GET ${request.url.href} → ${failure.kind} after ${now() - started} ms`);
      return { failure, mayRetry: failure.kind === 'unreachable' || failure.kind === 'cut' };
    } finally {
      deadline.end();
    }
  }

  /** Follows redirects within the origin only: anything else would carry the key to a stranger. */
  async #fetchFollowing(request: JsonRequest, signal: AbortSignal): Promise<Response> {
    let url = request.url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const response = await this.#options.fetch(url, {
        method: 'GET',
        headers: { accept: 'application/json', ...request.headers },
        redirect: 'manual',
        signal,
      });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) {
        return response;
      }
      await response.body?.cancel();
      const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (target?.origin !== request.url.origin) {
        throw new UsageError({ kind: 'redirected', target: target?.origin ?? location });
      }
      url = target;
    }
    throw new UsageError({ kind: 'redirected', target: request.url.origin });
  }

  #refusal(request: JsonRequest, response: Response, text: string): FailedAttempt {
    const { status } = response;
    const complaint = complaintIn(request, text);
    const asked = complaint?.retryAfterMs ?? retryAfterMs(response.headers, this.#options.now());
    const askedWaitMs = asked === undefined ? undefined : reasonableWait(asked);
    const detail = redact(complaint?.message ?? '', request.secrets).slice(0, DETAIL_LENGTH);
    const failure =
      request.interpret?.(status, complaint === undefined ? undefined : { ...complaint, message: detail }) ??
      this.#failureOfStatus(status, detail, request.url, askedWaitMs);
    return {
      failure,
      // A 429 that does not say how long is not tried again at once: that is how one gets locked out.
      mayRetry:
        isRetryableStatus(status) &&
        complaint?.retryable !== false &&
        (status !== 429 || askedWaitMs !== undefined),
      ...(askedWaitMs === undefined ? {} : { askedWaitMs }),
    };
  }

  #failureOfStatus(status: number, detail: string, url: URL, askedWaitMs: number | undefined): Failure {
    switch (status) {
      case 401:
        return { kind: 'keyRejected', detail };
      case 403:
        return { kind: 'forbidden', detail };
      case 404:
        return { kind: 'notFound', url: url.origin + url.pathname };
      case 429:
        return { kind: 'rateLimited', retryAt: this.#options.now() + (askedWaitMs ?? UNSAID_WAIT_MS) };
      default:
        return status < 500
          ? { kind: 'refused', status, detail }
          : {
              kind: 'serverError',
              status,
              detail,
              ...(askedWaitMs === undefined ? {} : { retryAt: this.#options.now() + askedWaitMs }),
            };
    }
  }
}

interface FailedAttempt {
  readonly failure: Failure;
  readonly mayRetry: boolean;
  readonly askedWaitMs?: number;
}

function read(text: string, response: Response, receivedAt: EpochMs): JsonReply | FailedAttempt {
  try {
    return { value: parseJson(text), receivedAt };
  } catch {
    const contentType = response.headers.get('content-type') ?? 'no content type';
    return { failure: { kind: 'notJson', contentType }, mayRetry: false };
  }
}

function complaintIn(request: JsonRequest, text: string): VendorComplaint | undefined {
  try {
    return request.complaint(parseJson(text));
  } catch {
    return undefined; // an error page in HTML, say: the status tells enough
  }
}
