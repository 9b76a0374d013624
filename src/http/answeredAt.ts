import type { EpochMs } from '../usage/time';
import { httpDate } from './httpDate';

/**
 * When a reply was made, by the server's own clock, from its `Date` header (RFC 9110, 6.6.1); by the clock of this computer
 * where the server does not say.
 */
export function answeredAt(headers: Headers, now: EpochMs): EpochMs {
  return httpDate(headers.get('date') ?? '', now) ?? now;
}
