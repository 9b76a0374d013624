import type { EpochMs } from '../usage/time';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;
const JITTER = 0.25;

/** A server that asks for more is asked again after a day: a wait without end is more likely a mistake. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** A number of seconds above this is a time, not a span: it would be over thirty years. */
const EPOCH_SECONDS = 1e9;

/** Statuses of an idempotent request that are worth another try. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The pause before try number `attempt` (1 is the first repeat), shortened by up to a quarter so that clients spread out. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  return full * (1 - JITTER * random());
}

/** A wait that a server asked for, within reason; in ms. */
export function reasonableWait(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/**
 * How long the server asks to wait, in ms, from its headers: `retry-after-ms`, or `Retry-After` in seconds or as an
 * HTTP date. Undefined when it does not say.
 */
export function retryAfterMs(headers: Headers, now: EpochMs): number | undefined {
  const precise = numberOf(headers.get('retry-after-ms'));
  if (precise !== undefined) {
    return precise;
  }
  const text = headers.get('retry-after');
  const seconds = numberOf(text);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const date = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * How long until a limit's window begins anew, in ms, from `x-ratelimit-reset`. It stands on every reply, so it asks for a
 * wait only beside a 429. Some servers give the seconds until then, others the time in seconds since 1970.
 */
export function untilReset(headers: Headers, now: EpochMs): number | undefined {
  const reset = numberOf(headers.get('x-ratelimit-reset'));
  if (reset === undefined) {
    return undefined;
  }
  return reset < EPOCH_SECONDS ? reset * 1000 : Math.max(0, reset * 1000 - now);
}

function numberOf(text: string | null): number | undefined {
  if (text === null || text.trim() === '') {
    return undefined;
  }
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
