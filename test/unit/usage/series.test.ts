import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { sum } from '../../../src/usage/amount';
import { machineUsages } from '../../../src/usage/machines';
import { dailySeries } from '../../../src/usage/series';
import { daysOf, monthToDate } from '../../../src/usage/time';
import { computeDay } from './builders';

const period = monthToDate(Date.UTC(2026, 10, 3, 12));
const days = daysOf(period);
const usages = (totals: readonly bigint[]): ReturnType<typeof machineUsages> =>
  machineUsages({
    period,
    compute: totals.map((awake, index) => computeDay(`m${index}`, days[index % days.length] ?? '', awake)),
    storage: [],
    machines: [],
  });

test('the largest machines come first, and the rest is one series', () => {
  const series = dailySeries(usages([1n, 9n, 5n, 3n, 0n]), 'awake_seconds', days, 2);
  assert.deepEqual(
    series.map(({ machineId, values }) => [machineId, sum(values)]),
    [
      ['m1', 9],
      ['m2', 5],
      [undefined, 4],
    ],
  );
});

test('a single machine is never called "others"', () => {
  const series = dailySeries(usages([1n, 2n, 3n]), 'awake_seconds', days, 2);
  assert.deepEqual(
    series.map(({ machineId }) => machineId),
    ['m2', 'm1', 'm0'],
  );
});

test('the series add up to what the machines add up to, exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 62n }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      (totals, top) => {
        const series = dailySeries(usages(totals), 'awake_seconds', days, top);
        const drawn = BigInt(sum(series.map(({ values }) => sum(values))));
        assert.equal(
          drawn,
          totals.reduce((all, own) => all + own, 0n),
        );
      },
    ),
  );
});
