import { CLOSING_MS } from '../usage/closing';
import { DAY, daysOf, type EpochMs, monthOf, monthToDate, startOfDay, type UtcDay } from '../usage/time';

/** When a day is asked for again after its end, to find restatements; then never. */
const CHECKS_MS: readonly number[] = [1 * DAY, 3 * DAY, 7 * DAY];

/** When a day requested at `asOf` is due again: 0 for every refresh, because it was open then; Infinity for never. */
export function dueAgainAt(day: UtcDay, asOf: EpochMs): EpochMs {
  const end = startOfDay(day) + DAY;
  if (asOf < end + CLOSING_MS) {
    return 0;
  }
  return CHECKS_MS.map((check) => end + check).find((at) => at > asOf) ?? Number.POSITIVE_INFINITY;
}

/** How many earlier months forecasts use: weekdays and the back-test need some weeks. */
const MONTHS_BEFORE = 2;

/** The days that a forecast can be made of, the oldest first; the open day is last. */
export function forecastDays(now: EpochMs): UtcDay[] {
  let { start } = monthOf(now);
  for (let months = 0; months < MONTHS_BEFORE; months += 1) {
    ({ start } = monthOf(start - 1));
  }
  return daysOf({ start, end: monthToDate(now).end });
}
