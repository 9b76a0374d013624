import { DAY, type EpochMs, HOUR, type UtcDay, startOfDay } from '../usage/time';

/**
 * This long after its end a bucket has closed: a value that changes later is a restatement. Vendors do not publish how
 * long closing takes; three quarters of an hour have been seen.
 */
export const CLOSING_MS = 6 * HOUR;

/** How long after a day's end its rows are asked for again, to see whether the vendor has restated them; then no more. */
const CHECKS_MS: readonly number[] = [1 * DAY, 3 * DAY, 7 * DAY];

/**
 * From when on a day that was asked for at `asOf` should be read again: 0 with every refresh, because it was open then,
 * Infinity never.
 */
export function dueAgainAt(day: UtcDay, asOf: EpochMs): EpochMs {
  const end = startOfDay(day) + DAY;
  if (asOf < end + CLOSING_MS) {
    return 0;
  }
  return CHECKS_MS.map((check) => end + check).find((at) => at > asOf) ?? Number.POSITIVE_INFINITY;
}
