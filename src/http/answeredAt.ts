import type { EpochMs } from '../usage/time';
import { httpDate } from './httpDate';

/**
 * When the server made a reply, by its own clock: the `Date` header (RFC 9110, 6.6.1). Without one, `now`, by this computer's
 * clock.
 */
export function answeredAt(headers: Headers, now: EpochMs): EpochMs {
  return httpDate(headers.get('date') ?? '', now) ?? now;
}
