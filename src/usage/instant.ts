import type { EpochMs } from './time';

/** An RFC 3339 date-time with a zone: without one, `Date.parse` would use the local zone. */
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** UTC milliseconds of a date-time with a zone; NaN for other text, and for a day that the month does not have. */
export function parseInstant(text: string): EpochMs {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  return Number(day) <= daysIn(Number(year), Number(month)) ? Date.parse(text.toUpperCase()) : Number.NaN;
}

/** `month` counts from 1. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
