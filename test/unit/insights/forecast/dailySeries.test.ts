import assert from 'node:assert/strict';
import test from 'node:test';
import { DailySeries, dayNumber } from '../../../../src/insights/forecast/dailySeries';

/** Days 10 and 11, a gap, 13, and a day beyond the end. */
const series = new DailySeries(
  [
    [13, 7],
    [10, 5],
    [11, 0],
    [12, Number.NaN],
    [9, Number.POSITIVE_INFINITY],
    [15, 9],
    [16, 9],
  ],
  15,
);

test('a day is the number of its UTC day since 1970', () => {
  assert.deepEqual([0, 86_399_999, 86_400_000, -1].map(dayNumber), [0, 0, 1, -1]);
  const days = DailySeries.of(new Map([['1970-01-11', 5]]), 15);
  assert.deepEqual([days.first, days.end, days.at(10)], [10, 11, 5]);
});

test('what is no number, or not before the end, is unknown', () => {
  assert.deepEqual([series.first, series.end], [10, 14]);
  assert.deepEqual(
    [8, 9, 10, 11, 12, 13, 14, 15, 16].map((day) => series.at(day)),
    [...[undefined, undefined, 5, 0, undefined, 7, undefined, undefined, undefined]],
  );
  const none = new DailySeries([[15, 1]], 15);
  assert.deepEqual(
    [none.first, none.end, none.at(15), none.newestBefore(99)],
    [15, 15, undefined, undefined],
  );
});

test('known days come in order, from the first asked for to before the last', () => {
  assert.deepEqual(
    [...series.known(0, 99)],
    [
      { day: 10, value: 5 },
      { day: 11, value: 0 },
      { day: 13, value: 7 },
    ],
  );
  assert.deepEqual([...series.known(11, 13)], [{ day: 11, value: 0 }]);
  assert.deepEqual(
    [series.count(0, 99), series.count(11, 13), series.count(11, 14), series.count(12, 13)],
    [...[3, 1, 2, 0]],
  );
});

test('days that are taken out are unknown, and those around them are not', () => {
  assert.deepEqual(
    [...series.without(11, 13).known(0, 99)].map(({ day }) => day),
    [10, 13],
  );
  assert.deepEqual(
    [...series.without(10, 11).known(0, 99)].map(({ day }) => day),
    [11, 13],
  );
});

test('the newest known day before a day is that, and never the day itself', () => {
  assert.deepEqual(
    [99, 14, 13, 12, 11, 10].map((end) => series.newestBefore(end)),
    [...[13, 13, 11, 11, 10, undefined]],
  );
});
