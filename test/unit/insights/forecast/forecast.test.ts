import assert from 'node:assert/strict';
import test from 'node:test';
import { type Forecast, monthForecast } from '../../../../src/insights/forecast/monthForecast';
import { DAY, daysOf, type EpochMs, HOUR, monthOf } from '../../../../src/usage/time';
import { daysFrom, made } from './forecasting';

/** The month is October 2026, with 31 days; its first is a Thursday. */
const OCTOBER = Date.UTC(2026, 9, 1);

function forecast(
  start: EpochMs,
  values: readonly (number | undefined)[],
  now: EpochMs,
  openDay?: number,
): Forecast {
  const said = monthForecast({ days: daysFrom(start, values), openDay }, now);
  assert.ok(said);
  return said;
}

function isNear(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual - expected) <= share * expected, `${actual} is not near ${expected}`);
}

test('days that are all alike go on as they were, and the interval has no width', () => {
  const { total, low, high, metered, method } = forecast(OCTOBER, [7, 7, 7, 7, 7], OCTOBER + 5 * DAY);
  assert.equal(metered, 35);
  isNear(total, 31 * 7, 1e-12);
  isNear(low, total, 1e-12);
  isNear(high, total, 1e-12);
  assert.deepEqual(method, { level: 'mean', weekdays: false });
});

test('there is no forecast before three whole days are known', () => {
  const now = OCTOBER + 3 * DAY + HOUR;
  assert.equal(monthForecast({ days: daysFrom(OCTOBER, [1, 2]), openDay: 3 }, now), undefined);
  assert.equal(monthForecast({ days: daysFrom(OCTOBER, [1, undefined, 2]) }, now), undefined);
  assert.ok(monthForecast({ days: daysFrom(OCTOBER, [1, 2, 3]) }, now));
  // Known, but so long ago that nothing can be said of now.
  assert.equal(monthForecast({ days: daysFrom(OCTOBER - 60 * DAY, [1, 2, 3]) }, now), undefined);
});

test('days of the month before are enough on the first of a month', () => {
  const { total, metered, daysForecast } = forecast(
    OCTOBER - 10 * DAY,
    made(10, () => 4),
    OCTOBER + HOUR,
  );
  assert.equal(metered, 0);
  assert.equal(daysForecast, 31);
  isNear(total, 124, 1e-12);
});

test('a weekday pattern is repeated exactly once it is known', () => {
  const start = OCTOBER - 42 * DAY;
  const pattern = (day: number): number => [10, 10, 10, 10, 10, 2, 0][day % 7] ?? 0;
  const all = made(42 + 31, pattern);
  for (const known of [3, 9, 17, 26]) {
    const { total, low, high, method } = forecast(start, all.slice(0, 42 + known), OCTOBER + known * DAY);
    const came = all.slice(42).reduce((sum, value) => sum + value, 0);
    assert.equal(method.weekdays, true);
    isNear(total, came, 1e-9);
    assert.ok(high - low < came * 0.1);
  }
});

test('weekdays are not told apart before 21 days are known', () => {
  const pattern = (day: number): number => (day % 7 < 5 ? 10 : 4);
  const { method } = forecast(OCTOBER, made(20, pattern), OCTOBER + 20 * DAY);
  assert.equal(method.weekdays, false);
});

test('what grows by as much each day is followed, as a mean does not', () => {
  const start = OCTOBER - 40 * DAY;
  const all = made(40 + 31, (day) => 100 + 5 * day);
  const came = all.slice(40).reduce((sum, value) => sum + value, 0);
  const { total, method, low, high } = forecast(start, all.slice(0, 50), OCTOBER + 10 * DAY);
  assert.equal(method.level, 'trend');
  isNear(total, came, 0.03);
  assert.ok(low <= came && came <= high * 1.03);
});

test('a park that stops is expected to stay so from the first quiet day on', () => {
  const values = [...made(30, (day) => 50 + (day % 3)), 0];
  const start = OCTOBER - 20 * DAY;
  const { total, metered, hasStopped, high } = forecast(start, values, OCTOBER + 11 * DAY);
  assert.equal(hasStopped, true);
  assert.equal(total, metered);
  // It may go on again, and the interval knows how large the days had been.
  assert.ok(high > metered);
});

test('what little is left after a stop goes on', () => {
  const values = [...made(20, () => 100), 3, 3, 3];
  const { total, hasStopped } = forecast(OCTOBER, values, OCTOBER + 23 * DAY);
  assert.equal(hasStopped, true);
  isNear(total, 2000 + 3 * 11, 1e-12);
});

test('weekends without use are no stop, nor is a pause that is over', () => {
  const start = OCTOBER - 28 * DAY;
  const weekends = made(35, (day) => (day % 7 < 5 ? 10 : 0));
  assert.equal(forecast(start, weekends, OCTOBER + 7 * DAY).hasStopped, false);
  const pause = made(38, (day) => (day >= 30 && day < 35 ? 0 : 10));
  const { hasStopped, total } = forecast(start, pause, OCTOBER + 10 * DAY);
  assert.equal(hasStopped, false);
  isNear(total, 26 * 10, 1e-9);
});

test('a first weekend without use is no stop, but quiet days after it are', () => {
  const monday = Date.UTC(2026, 9, 5);
  const week = [9, 9, 9, 9, 9, 0, 0];
  assert.equal(forecast(monday, week, monday + 7 * DAY).hasStopped, false);
  assert.equal(forecast(monday, [...week, 0, 0], monday + 9 * DAY).hasStopped, true);
});

test('an open day counts with what it has come to when that is more than an ordinary day', () => {
  const now = OCTOBER + 5 * DAY + 20 * HOUR;
  const days = [7, 7, 7, 7, 7];
  isNear(forecast(OCTOBER, days, now, 3).total, 31 * 7, 1e-12);
  const { total, metered, low } = forecast(OCTOBER, days, now, 500);
  assert.equal(metered, 535);
  isNear(total, 30 * 7 + 500, 1e-12);
  assert.ok(low >= metered);
});

test('a missing day is worked out, not taken for zero', () => {
  const { total, metered, daysForecast } = forecast(
    OCTOBER,
    [5, undefined, 5, 5, undefined, 5, 5, undefined],
    OCTOBER + 8 * DAY,
  );
  assert.equal(metered, 25);
  assert.equal(daysForecast, 26);
  isNear(total, 31 * 5, 1e-12);
});

test('the month is the UTC month up to its last instant, in a leap February too', () => {
  const february = Date.UTC(2028, 1, 1);
  const now = Date.UTC(2028, 1, 29, 23, 59, 59, 999);
  const { total, month, daysForecast } = forecast(
    february,
    made(28, () => 2),
    now,
    1,
  );
  assert.deepEqual(month, monthOf(february));
  assert.equal(daysOf(month).length, 29);
  assert.equal(daysForecast, 1);
  isNear(total, 58, 1e-12);
  const { metered, total: march } = forecast(
    february,
    made(29, () => 2),
    now + 1,
  );
  assert.equal(metered, 0);
  isNear(march, 62, 1e-12);
});

test('today and the days after it are not looked at', () => {
  const now = OCTOBER + 5 * DAY;
  const known = [3, 4, 5, 4, 3];
  assert.deepEqual(forecast(OCTOBER, [...known, 900, 900], now), forecast(OCTOBER, known, now));
});
