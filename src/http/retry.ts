import { parseInstant } from '../usage/instant';
import { LONGEST_WAIT_MS } from '../usage/keptTime';
import { type EpochMs, SECOND } from '../usage/time';
import { answeredAt } from './answeredAt';
import { httpDate } from './httpDate';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;
const JITTER = 0.25;

/** A number in an HTTP header: no sign, no exponent, nothing else beside it. */
const DIGITS = /^\d+$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** Seconds from here on are a time since 1970: as a span, they would be over thirty years. */
const EPOCH_SECONDS = 1e9;

/** Numbers from here on are milliseconds since 1970: as seconds, they would be after the year 5000. */
const EPOCH_MS = 1e11;

/** Whether an idempotent request is worth a retry. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The pause in ms before retry number `attempt` (from 1), shortened by up to a quarter so that clients spread out. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  return full * (1 - JITTER * random());
}

/** Limits a wait that a server requested, in ms, to a day: a longer one is more likely a mistake. */
export function reasonableWait(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/**
 * The wait that the server requests, in ms: from `retry-after-ms`, or from `Retry-After` by RFC 9110, which is in seconds or an
 * HTTP date. Undefined without a valid one.
 */
export function retryAfterMs(headers: Headers, now: EpochMs): number | undefined {
  const precise = headers.get('retry-after-ms') ?? '';
  if (DECIMAL.test(precise)) {
    return Number(precise);
  }
  const text = headers.get('retry-after') ?? '';
  return DIGITS.test(text) ? Number(text) * SECOND : untilTime(httpDate(text, now), headers, now);
}

/**
 * How long until a rate limit's window restarts, in ms, from `x-ratelimit-reset`. Every reply has it, so it requests a wait
 * only with a 429. Servers give the seconds until then, or the time: in seconds or milliseconds since 1970, or as a date.
 * Undefined for anything else.
 */
export function untilReset(headers: Headers, now: EpochMs): number | undefined {
  const text = headers.get('x-ratelimit-reset') ?? '';
  if (!DECIMAL.test(text)) {
    const at = parseInstant(text);
    return untilTime(Number.isNaN(at) ? httpDate(text, now) : at, headers, now);
  }
  const reset = Number(text);
  return reset < EPOCH_SECONDS
    ? reset * SECOND
    : untilTime(reset < EPOCH_MS ? reset * SECOND : reset, headers, now);
}

/** How long until a time in a reply, in ms, by the reply's own `Date`, since the clock here may be wrong. */
function untilTime(at: EpochMs | undefined, headers: Headers, now: EpochMs): number | undefined {
  return at === undefined ? undefined : Math.max(0, at - answeredAt(headers, now));
}
