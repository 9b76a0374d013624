import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  contains,
  DAY,
  dayPeriod,
  daysOf,
  lastDayOf,
  monthOf,
  monthToDate,
  utcDay,
} from '../../../src/usage/time';

const AT = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });

test('a month is the UTC month, in whatever time zone the reader lives', () => {
  const lastInstant = Date.UTC(2026, 9, 31, 23, 59, 59, 999);
  assert.deepEqual(monthOf(lastInstant), { start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) });
  assert.deepEqual(monthOf(lastInstant + 1), { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) });
});

test('the month to date ends with today, on the first and on the last day too', () => {
  const first = monthToDate(Date.UTC(2026, 1, 1, 0, 0, 1));
  assert.deepEqual(daysOf(first), ['2026-02-01']);
  const last = monthToDate(Date.UTC(2028, 1, 29, 23, 59));
  assert.equal(daysOf(last).length, 29);
  assert.equal(lastDayOf(last), '2028-02-29');
});

test('any instant lies in its own day and month, and days follow each other without gap or overlap', () => {
  fc.assert(
    fc.property(AT, (at) => {
      assert.ok(contains(dayPeriod(utcDay(at)), at));
      assert.ok(contains(monthOf(at), at));
      const days = daysOf(monthOf(at));
      assert.equal(days.length * DAY, monthOf(at).end - monthOf(at).start);
      assert.equal(new Set(days).size, days.length);
      assert.ok(days.includes(utcDay(at)));
    }),
  );
});

test('a day that the clocks change in the reader’s zone is still 24 hours long', () => {
  const { start, end } = dayPeriod('2026-03-08');
  assert.equal(end - start, DAY);
  assert.equal(new Date(start).toISOString(), '2026-03-08T00:00:00.000Z');
});
