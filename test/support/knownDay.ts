/**
 * The day of the tests that need a known one: a Wednesday in the middle of a month, with some hours closed and some open,
 * and with whole days of every weekday behind it. Epoch milliseconds.
 */
export const NOW = Date.parse('2026-11-18T09:20:00Z');
