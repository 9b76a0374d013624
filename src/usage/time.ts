/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** A UTC calendar date, `YYYY-MM-DD`. Vendors count usage in UTC days, so nothing here uses a local time zone. */
export type UtcDay = string;

/** `[start, end)` in UTC. */
export interface Period {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function utcDay(at: EpochMs): UtcDay {
  return new Date(at).toISOString().slice(0, 10);
}

export function startOfDay(day: UtcDay): EpochMs {
  return Date.parse(`${day}T00:00:00Z`);
}

export function dayPeriod(day: UtcDay): Period {
  const start = startOfDay(day);
  return { start, end: start + DAY };
}

/** The whole UTC calendar month that contains `at`; its end is the first instant of the next month. */
export function monthOf(at: EpochMs): Period {
  const date = new Date(at);
  return {
    start: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
    end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1),
  };
}

/** The whole UTC days of the month that have begun at `now`: `[first of the month, end of today)`. */
export function monthToDate(now: EpochMs): Period {
  return { start: monthOf(now).start, end: startOfDay(utcDay(now)) + DAY };
}

/** The UTC days that a period touches, in order. */
export function daysOf(period: Period): UtcDay[] {
  const days: UtcDay[] = [];
  for (let at = startOfDay(utcDay(period.start)); at < period.end; at += DAY) {
    days.push(utcDay(at));
  }
  return days;
}

/** The last UTC day that a period touches; for requests that take an inclusive last date. */
export function lastDayOf(period: Period): UtcDay {
  return utcDay(period.end - 1);
}

export function contains(period: Period, at: EpochMs): boolean {
  return at >= period.start && at < period.end;
}
