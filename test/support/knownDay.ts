/**
 * The day of the tests that need a known one: a Wednesday in the middle of a month, with some hours closed and some open,
 * and with whole days of every weekday behind it. Epoch milliseconds.
 */
export const NOW = Date.parse('2026-11-18T09:20:00Z');

/** The beginnings of its day, of its month and of the month before. */
export const TODAY = Date.parse('2026-11-18T00:00:00Z');
export const MONTH = Date.parse('2026-11-01T00:00:00Z');
export const LAST_MONTH = Date.parse('2026-10-01T00:00:00Z');

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A UTC day, as vendors and files write it: `2026-11-18`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
