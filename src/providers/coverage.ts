import { type Expected, UsageError } from '../usage/failure';
import { dayPeriod, type EpochMs, HOUR, MINUTE, type Period, type UtcDay } from '../usage/time';

/*
 * What a reply says of the period that it covers, held against the question. Only a day that is covered is known: rows that
 * are missing from another are unknown, and not zero. The rule and its reasons: docs/decisions/0029-replies-prove-themselves.md.
 */

/** Maximum difference between a vendor's clocks: one names the period, another the time of the reply. */
const CLOCKS_MS = 5 * MINUTE;

/**
 * The days, of those that were asked for, of which a reply about `covered` tells all: closed ones whole, and one that is open
 * up to the hour of the answer, since a vendor may count whole hours alone. A day that had not begun is none of them.
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

/** Whether a reply whose period ends there tells all up to when it was made, or up to `most` where that is earlier. */
export function reachesNow(end: EpochMs, most: EpochMs, answeredAt: EpochMs): boolean {
  return end >= Math.min(most, hourOf(answeredAt));
}

/** Whether a time had not come when the reply was made. */
export function isFuture(at: EpochMs, answeredAt: EpochMs): boolean {
  return at > answeredAt + CLOCKS_MS;
}

/**
 * A reply about a time that was not asked for does not answer the question. Throws UsageError `malformed`.
 *
 * @param path where the reply names its period
 */
export function checkMeets(covered: Period, asked: Period, path: string): void {
  if (covered.start > covered.end || covered.end < asked.start || covered.start >= asked.end) {
    contradicts(path, 'asAsked');
  }
}

/** What is there contradicts the question, or the rest of the reply. */
export function contradicts(path: string, expected: Expected): never {
  throw new UsageError({ kind: 'malformed', path, expected });
}

/** The beginning of the hour of an answer. */
function hourOf(answeredAt: EpochMs): EpochMs {
  return Math.floor((answeredAt - CLOCKS_MS) / HOUR) * HOUR;
}
