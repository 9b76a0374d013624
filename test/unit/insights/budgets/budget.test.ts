import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  alertOf,
  type Budget,
  budgetKey,
  budgetPeriod,
  highestPassed,
  LIMIT_DECIMALS,
  loudest,
  standing,
} from '../../../../src/insights/budgets/budget';
import type { Amount } from '../../../../src/usage/amount';
import { type MeterId, meterOf } from '../../../../src/usage/meter';

const MILLION = 10 ** LIMIT_DECIMALS;
const HOUR_IN_SECONDS = 3600;

function budget(limit: Amount, more: Partial<Budget> = {}): Budget {
  return {
    ...{ account: 'Acme', meter: 'awake_seconds', thresholds: [50, 80, 100] },
    ...{ limit, on: ['actual', 'forecast'] },
    ...more,
  };
}

const hundredHours = budget(100 * MILLION);

test('a threshold is passed from exactly its share of the limit on', () => {
  const passed = (actual: Amount): readonly number[] => standing(hundredHours, { actual }).passed.actual;
  assert.deepEqual(passed(0), []);
  assert.deepEqual(passed(50 * HOUR_IN_SECONDS - 1), []);
  assert.deepEqual(passed(50 * HOUR_IN_SECONDS), [50]);
  assert.deepEqual(passed(80 * HOUR_IN_SECONDS), [50, 80]);
  assert.deepEqual(passed(100 * HOUR_IN_SECONDS - 1), [50, 80]);
  assert.deepEqual(passed(100 * HOUR_IN_SECONDS), [50, 80, 100]);
});

test('exactly also beyond what a double can tell apart, and for limits that are no whole unit', () => {
  const large = budget(BigInt(MILLION) * 10n ** 16n, { thresholds: [100] });
  const limit = 3600n * 10n ** 16n;
  assert.deepEqual(standing(large, { actual: limit - 1n }).passed.actual, []);
  assert.deepEqual(standing(large, { actual: limit }).passed.actual, [100]);
  const fine = budget(333_333, { thresholds: [100] }); // 1,199.9988 s
  assert.deepEqual(standing(fine, { actual: 1199 }).passed.actual, []);
  assert.deepEqual(standing(fine, { actual: 1200 }).passed.actual, [100]);
});

test('money is held against the limit in whole units of its currency', () => {
  const dollars = budget(20 * MILLION, { meter: 'paas.USD' });
  const { passed, shares } = standing(dollars, { actual: 16n * 10n ** 10n });
  assert.deepEqual(passed.actual, [50, 80]);
  assert.equal(shares.actual, 0.8);
});

test('what is not known passes nothing, and has no share', () => {
  const { passed, shares, full } = standing(hundredHours, {});
  assert.deepEqual(passed, { actual: [], forecast: [] });
  assert.deepEqual(shares, { actual: undefined, forecast: undefined });
  assert.deepEqual(full, { actual: false, forecast: false });
});

test('on what a budget is not on no threshold is passed', () => {
  const figures = { actual: 90 * HOUR_IN_SECONDS, forecast: 120 * HOUR_IN_SECONDS };
  assert.deepEqual(standing({ ...hundredHours, on: ['forecast'] }, figures).passed, {
    actual: [],
    forecast: [50, 80, 100],
  });
  assert.deepEqual(standing({ ...hundredHours, on: ['actual'] }, figures).passed.forecast, []);
});

test('the colour: none before the first threshold, a warning after it, an error once the limit is used', () => {
  const alert = (actual: number, forecast?: number, more: Partial<Budget> = {}): string => {
    const own = { ...hundredHours, ...more };
    const hours = (value: number): number => value * HOUR_IN_SECONDS;
    const figures = { actual: hours(actual), forecast: forecast === undefined ? undefined : hours(forecast) };
    return alertOf(own, standing(own, figures));
  };
  assert.equal(alert(49.9), 'none');
  assert.equal(alert(50), 'warning');
  assert.equal(alert(99.9), 'warning');
  assert.equal(alert(100), 'error');
  assert.equal(alert(10, 99), 'none', 'a forecast below the limit colours nothing');
  assert.equal(alert(10, 100), 'warning');
  assert.equal(alert(10, 100, { on: ['actual'] }), 'none');
  assert.equal(alert(105, undefined, { thresholds: [50, 80] }), 'error');
  assert.equal(alert(100, undefined, { thresholds: [120] }), 'error', 'used up, whatever the thresholds');
  assert.equal(alert(100, undefined, { on: ['forecast'] }), 'error', 'and whatever they are held against');
  assert.equal(alert(99, undefined, { thresholds: [120] }), 'none');
  assert.equal(loudest(['none', 'error', 'warning']), 'error');
  assert.equal(loudest([]), 'none');
});

test('the key stays with meter and limit, whatever the thresholds', () => {
  assert.equal(budgetKey(hundredHours), budgetKey({ ...hundredHours, thresholds: [10], on: ['forecast'] }));
  assert.notEqual(budgetKey(hundredHours), budgetKey(budget(200 * MILLION)));
  assert.notEqual(budgetKey(hundredHours), budgetKey({ ...hundredHours, meter: 'storage_mib_seconds' }));
});

test('a budget is about the UTC month', () => {
  assert.deepEqual(budgetPeriod(Date.UTC(2026, 11, 31, 23, 59)), {
    start: Date.UTC(2026, 11, 1),
    end: Date.UTC(2027, 0, 1),
  });
});

const meters: MeterId[] = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'credit_cents',
  'paas.USD',
  'storage_mib_seconds',
];
const anyBudget = fc
  .record({
    meter: fc.constantFrom(...meters),
    limit: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    thresholds: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ meter, limit, thresholds }) =>
    budget(limit, { meter, thresholds: thresholds.sort((a, b) => a - b) }),
  );
const anyAmount = fc.bigInt({ min: 0n, max: 10n ** 30n });

test('thresholds are passed in order, and none below its share', () => {
  fc.assert(
    fc.property(anyBudget, anyAmount, (own, actual) => {
      const { passed } = standing(own, { actual });
      assert.deepEqual(passed.actual, own.thresholds.slice(0, passed.actual.length));
      const stored = BigInt(own.limit) * BigInt(meterOf(own.meter).display.per);
      for (const threshold of own.thresholds) {
        const share = actual * 100n * BigInt(MILLION) - stored * BigInt(threshold);
        assert.equal(passed.actual.includes(threshold), share >= 0n);
      }
    }),
  );
});

test('more use never passes fewer thresholds, nor makes it quieter', () => {
  const order = ['none', 'warning', 'error'];
  fc.assert(
    fc.property(anyBudget, anyAmount, anyAmount, (own, one, two) => {
      const [less, more] = one < two ? [one, two] : [two, one];
      const [before, after] = [standing(own, { actual: less }), standing(own, { actual: more })];
      assert.ok((highestPassed(before, 'actual') ?? 0) <= (highestPassed(after, 'actual') ?? 0));
      assert.ok(order.indexOf(alertOf(own, before)) <= order.indexOf(alertOf(own, after)));
    }),
  );
});

test('a forecast never passes what the exact amount below it does not', () => {
  fc.assert(
    fc.property(anyBudget, fc.double({ min: 0, max: 1e30, noNaN: true }), (own, forecast) => {
      const { passed } = standing(own, { actual: BigInt(Math.floor(forecast)), forecast });
      assert.deepEqual(passed.forecast, passed.actual);
    }),
  );
});
