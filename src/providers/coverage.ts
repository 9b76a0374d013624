import { type Expected, UsageError } from '../usage/failure';
import { dayPeriod, type EpochMs, HOUR, MINUTE, type Period, type UtcDay } from '../usage/time';

/*
 * Checks the period that a reply says it covers against the request. Only a covered day is known: rows missing from another
 * day are unknown, not zero. The rule and its reasons: docs/decisions/0029-replies-prove-themselves.md.
 */

/** Maximum difference between a vendor's clocks: one names the period, another the time of the reply. */
const CLOCKS_MS = 5 * MINUTE;

/**
 * The requested days for which a reply about `covered` is complete: a closed day to its end, an open one up to the hour of
 * the reply, since a vendor may count only whole hours. A day that had not begun is never covered.
 *
 * @param answeredAt by the vendor's clock
 */
export function coveredDays(covered: Period, days: readonly UtcDay[], answeredAt: EpochMs): UtcDay[] {
  return days.filter((day) => {
    const { start, end } = dayPeriod(day);
    const hasBegun = start <= answeredAt + CLOCKS_MS;
    return (
      hasBegun && covered.start <= start && covered.end >= start && reachesNow(covered.end, end, answeredAt)
    );
  });
}

/** Whether a reply whose period ends at `end` is complete up to its own hour, or up to `most` if that is earlier. */
export function reachesNow(end: EpochMs, most: EpochMs, answeredAt: EpochMs): boolean {
  return end >= Math.min(most, hourOf(answeredAt));
}

/** Whether a time was in the future when the reply was made. */
export function isFuture(at: EpochMs, answeredAt: EpochMs): boolean {
  return at > answeredAt + CLOCKS_MS;
}

/**
 * Throws UsageError `malformed` for a reply about a time that was not requested.
 *
 * @param path where the reply names its period
 */
export function checkMeets(covered: Period, asked: Period, path: string): void {
  if (covered.start > covered.end || covered.end < asked.start || covered.start >= asked.end) {
    contradicts(path, 'asAsked');
  }
}

/** Throws: a field contradicts the request, or the rest of the reply. */
export function contradicts(path: string, expected: Expected): never {
  throw new UsageError({ kind: 'malformed', path, expected });
}

/** The start of the hour of a reply. */
function hourOf(answeredAt: EpochMs): EpochMs {
  return Math.floor((answeredAt - CLOCKS_MS) / HOUR) * HOUR;
}
