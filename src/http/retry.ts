import { parseInstant } from '../usage/instant';
import { LONGEST_WAIT_MS } from '../usage/keptTime';
import { type EpochMs, SECOND } from '../usage/time';
import { answeredAt } from './answeredAt';
import { httpDate } from './httpDate';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;
const JITTER = 0.25;

/** What a server writes where HTTP wants a number: no sign, no exponent, nothing else beside it. */
const DIGITS = /^\d+$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** A number of seconds from here on is a time since 1970, not a span: it would be over thirty years. */
const EPOCH_SECONDS = 1e9;

/** A number from here on counts milliseconds since 1970: as seconds it would be a time after the year 5000. */
const EPOCH_MS = 1e11;

/** Statuses of an idempotent request that are worth another try. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The pause before try number `attempt` (1 is the first repeat), shortened by up to a quarter so that clients spread out. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  return full * (1 - JITTER * random());
}

/** A wait that a server asked for, in ms. One that asks for more is asked again after a day: no end is more likely a mistake. */
export function reasonableWait(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

/**
 * The wait that the server asks for, in ms, from `retry-after-ms` or from `Retry-After` by RFC 9110: digits for seconds, or an
 * HTTP date. Undefined when it says nothing, or anything else.
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
 * How long until a limit's window begins anew, in ms, from `x-ratelimit-reset`. It stands on every reply, so it asks for a
 * wait only beside a 429. Servers give the seconds until then, or the time: in seconds or milliseconds since 1970, or as a
 * date. Undefined for anything else.
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

/** Until a time that a reply names, by the clock that names it: its own `Date`, since the clock here may be wrong. */
function untilTime(at: EpochMs | undefined, headers: Headers, now: EpochMs): number | undefined {
  return at === undefined ? undefined : Math.max(0, at - answeredAt(headers, now));
}
