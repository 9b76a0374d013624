import assert from 'node:assert/strict';
import test from 'node:test';
import { BackTest, methodAt } from '../../../../src/insights/forecast/backTest';
import { DailySeries } from '../../../../src/insights/forecast/dailySeries';
import { made } from './forecasting';

const MEAN = 0;

/** Days from 0 on; an undefined value is an unknown day. */
function tested(values: readonly (number | undefined)[]): BackTest {
  const known = values.flatMap((value, day): [number, number][] =>
    value === undefined ? [] : [[day, value]],
  );
  return new BackTest(new DailySeries(known, values.length));
}

function isNear(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

test('an interval of one day is made of how far the mean was off the day after, at the size of today', () => {
  // Means before days 2 to 5: 10, 10, 12.5, 12. Off by 0, 10, 2.5, 4. Sizes: today 76/6, then 10, 10, 12.5, 12.
  // So by 0, 38/3, 38/15, 38/9; four fifths of them are within 7.6. Four stretches of a day widen it by 0.6 / 4.
  isNear(tested([10, 10, 10, 20, 10, 16]).halfWidth(6, 1, MEAN), 7.6 * 1.15);
});

test('an interval of several days is made of errors over as many days, or of fewer, made larger', () => {
  // Over two days from days 2, 3 and 4: off by 10, 10 and 1, so by 38/3, 38/3 and 76/75 at the size of today.
  const series = tested([10, 10, 10, 20, 10, 16]);
  isNear(series.halfWidth(6, 2, MEAN), (38 / 3) * (1 + 0.6 / 2));
  // Four days cannot be tested on half of the four days that there are.
  isNear(series.halfWidth(6, 4, MEAN), (38 / 3) * 2 ** 0.75 * (1 + 0.6));
});

test('without any day to test on there is no interval', () => {
  assert.equal(tested([]).halfWidth(3, 1, MEAN), undefined);
  assert.equal(tested([5]).halfWidth(1, 1, MEAN), undefined);
});

test('the simplest way is taken that none beats', () => {
  const even = tested(made(40, () => 5));
  assert.deepEqual(methodAt(even.choose(40, 7)), { level: 'mean', weekdays: false });
  const weekly = tested(made(70, (day) => (day % 7 < 5 ? 10 : 1)));
  assert.deepEqual(methodAt(weekly.choose(70, 7)), { level: 'mean', weekdays: true });
  const growing = tested(made(60, (day) => 10 + day));
  assert.deepEqual(methodAt(growing.choose(60, 20)), { level: 'trend', weekdays: false });
  const risen = tested(made(40, (day) => (day < 30 ? 10 : 30)));
  assert.deepEqual(methodAt(risen.choose(40, 3)), { level: 'recent', weekdays: false });
});
