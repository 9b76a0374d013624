import {
  DAY,
  daysOf,
  type EpochMs,
  HOUR,
  monthOf,
  type Period,
  startOfDay,
  type UtcDay,
  utcDay,
} from './time';

export type Granularity = 'hour' | 'day';

/** A range of whole UTC days, as a person chooses it. */
export type RangeChoice =
  | { readonly kind: 'thisMonth' }
  | { readonly kind: 'lastMonth' }
  | { readonly kind: 'last7Days' }
  | { readonly kind: 'last30Days' }
  /** Both dates included. */
  | { readonly kind: 'dates'; readonly first: UtcDay; readonly last: UtcDay };

/** Longer ranges are refused. By hour, the limit is lower, because each day takes a separate request. */
export const MOST_DAYS = 366;
export const MOST_DAYS_OF_HOURS = 62;

/** The largest time that a Date can hold. */
const LAST_INSTANT = 8.64e15;

/** A chosen range at a point in time. */
export interface Range {
  /** The whole range, including future days. */
  readonly period: Period;
  /** The period for comparison: the month before, or as many days directly before. */
  readonly previous: Period;
}

export function resolveRange(choice: RangeChoice, now: EpochMs): Range {
  const tomorrow = startOfDay(utcDay(now)) + DAY;
  switch (choice.kind) {
    case 'thisMonth':
      return months(monthOf(now));
    case 'lastMonth':
      return months(monthOf(monthOf(now).start - 1));
    case 'last7Days':
      return days({ start: tomorrow - 7 * DAY, end: tomorrow });
    case 'last30Days':
      return days({ start: tomorrow - 30 * DAY, end: tomorrow });
    case 'dates':
      return days({ start: startOfDay(choice.first), end: startOfDay(choice.last) + DAY });
  }
}

function months(period: Period): Range {
  return { period, previous: monthOf(period.start - 1) };
}

function days(period: Period): Range {
  return { period, previous: { start: period.start - (period.end - period.start), end: period.start } };
}

/** Why two dates are not a valid range. */
export type RangeTrouble = 'notADate' | 'reversed' | 'future' | 'tooLong';

export function troubleOf(first: string, last: string, now: EpochMs): RangeTrouble | undefined {
  if (!isUtcDay(first) || !isUtcDay(last)) {
    return 'notADate';
  }
  if (first > last) {
    return 'reversed';
  }
  if (last > utcDay(now)) {
    return 'future';
  }
  return dayCount(first, last) > MOST_DAYS ? 'tooLong' : undefined;
}

/** Whether two texts are dates in order that span at most {@link MOST_DAYS} days, past or future. */
export function isDateRange(first: string, last: string): boolean {
  return isUtcDay(first) && isUtcDay(last) && first <= last && dayCount(first, last) <= MOST_DAYS;
}

function dayCount(first: UtcDay, last: UtcDay): number {
  return (startOfDay(last) - startOfDay(first)) / DAY + 1;
}

/** Whether a value is a period that may be read: from 1970 on, at most {@link MOST_DAYS} days. */
export function isPeriod(value: { readonly start: unknown; readonly end: unknown }): value is Period {
  const { start, end } = value;
  return (
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    Number(start) >= 0 &&
    Number(start) < Number(end) &&
    Number(end) - Number(start) <= MOST_DAYS * DAY &&
    Number(end) <= LAST_INSTANT
  );
}

/** Whether a text is an existing calendar date of the years 1970 to 2999. */
export function isUtcDay(text: string): boolean {
  return (
    /^(19[7-9]|2\d\d)\d-\d\d-\d\d$/.test(text) && startOfDay(text) >= 0 && utcDay(startOfDay(text)) === text
  );
}

export function lengthOf(granularity: Granularity): number {
  return granularity === 'hour' ? HOUR : DAY;
}

/** The starts of the hours or days of a period, in order. */
export function slotsOf(period: Period, granularity: Granularity): Float64Array {
  const length = lengthOf(granularity);
  const first = Math.floor(period.start / length) * length;
  const count = Math.max(0, Math.ceil((period.end - first) / length));
  return Float64Array.from({ length: count }, (_, index) => first + index * length);
}

/** The zoomed part of a range, in whole slots; the whole range without a zoom within it. */
export function zoomedIn(range: Period, zoom: Period | undefined, granularity: Granularity): Period {
  if (zoom === undefined) {
    return range;
  }
  const length = lengthOf(granularity);
  const start = Math.max(range.start, Math.floor(zoom.start / length) * length);
  const end = Math.min(range.end, Math.ceil(zoom.end / length) * length);
  return start < end ? { start, end } : range;
}

/** Whether a period is short enough to be shown, and read, hour by hour. */
export function allowsHours(period: Period): boolean {
  return daysOf(period).length <= MOST_DAYS_OF_HOURS;
}
