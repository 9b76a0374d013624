import { reasonableWait, untilReset } from '../../http/retry';
import type { EpochMs } from '../../usage/time';

/**
 * When the next request is allowed, as the headers of a reply tell: undefined while there are requests left, or where they
 * do not say. Source: "Use the API": `x-ratelimit-remaining` counts requests, `x-ratelimit-reset` seconds.
 */
export function quotaExhaustedUntil(headers: Headers, now: EpochMs): EpochMs | undefined {
  const wait = headers.get('x-ratelimit-remaining')?.trim() === '0' ? untilReset(headers, now) : undefined;
  return wait === undefined ? undefined : now + reasonableWait(wait);
}
