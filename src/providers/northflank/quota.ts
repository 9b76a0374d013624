import { reasonableWait, untilReset } from '../../http/retry';
import type { EpochMs } from '../../usage/time';

/**
 * When the next request is allowed, from a reply's headers. Undefined while there are requests left, or if the headers do
 * not say. Source: "Use the API": `x-ratelimit-remaining` counts requests, `x-ratelimit-reset` seconds.
 */
export function quotaExhaustedUntil(headers: Headers, now: EpochMs): EpochMs | undefined {
  const wait = headers.get('x-ratelimit-remaining')?.trim() === '0' ? untilReset(headers, now) : undefined;
  return wait === undefined ? undefined : now + reasonableWait(wait);
}
