import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { AccountUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { add, type Amount, subtract, sum } from '../../../src/usage/amount';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, daysOf, MINUTE, monthToDate, startOfDay } from '../../../src/usage/time';
import { checkDays, type DaysCheck } from '../../../src/views/dashboard/charts/dailySumCheck';

const NOW = Date.UTC(2026, 10, 3, 12, 30);
const PERIOD = monthToDate(NOW);

/** What each day of the month used, the last one today; read a minute after the sum of the month, or at another time. */
function check(
  days: readonly Amount[],
  month: Amount | undefined,
  readAt = NOW + MINUTE,
): DaysCheck | undefined {
  const dayCache = new DayCache();
  dayCache.refreshedAt = NOW;
  days.forEach((credits, place) => {
    const day = daysOf(PERIOD)[place] ?? '';
    const start = startOfDay(day);
    const columns = toColumns([
      {
        ...{ kind: 'usage', subjectId: 'a', start, end: start + DAY },
        ...{ quantities: { credit_cents: credits }, meteringBucketIds: [], meterEvents: [] },
      },
    ]);
    dayCache.keep({ part: 'byUser', day }, { columns, asOf: readAt });
  });
  const used = month === undefined ? {} : { credit_cents: month };
  const usage: Pick<AccountUsage, 'period' | 'summary'> = {
    period: PERIOD,
    summary: { value: { billed: {}, levels: {}, used }, asOf: NOW },
  };
  return checkDays(usage, dayCache, 'byUser', 'credit_cents');
}

test('days that add up to the month are the same', () => {
  assert.deepEqual(check([1, 2, 3], 6), { days: 6, month: 6, difference: undefined });
});

test('what today has more can have been used between the two requests', () => {
  assert.deepEqual(check([1, 2, 3], 5)?.difference, { by: 1, more: true, growing: true });
});

test('days before today that are more than the month cannot be explained by today', () => {
  assert.deepEqual(check([4, 2, 0], 5)?.difference, { by: 1, more: true, growing: false });
});

test('what was asked for later cannot have less because it grew, and what was asked for at once can', () => {
  assert.deepEqual(check([1, 2, 3], 9)?.difference, { by: 3, more: false, growing: false });
  assert.deepEqual(check([1, 2, 3], 9, NOW)?.difference, { by: 3, more: false, growing: true });
});

test('without a day, without the month, or with a day from before the refresh nothing is compared', () => {
  assert.equal(check([1, 2], 3), undefined);
  assert.equal(check([1, 2, 3], undefined), undefined);
  assert.equal(check([1, 2, 3], 6, NOW - 1), undefined);
});

test('whatever the figures, the difference is exact', () => {
  const amount = fc.bigInt({ min: 0n, max: 2n ** 70n }).map((value) => add(value, 0));
  fc.assert(
    fc.property(fc.tuple(amount, amount, amount), amount, (days, month) => {
      const found = check(days, month);
      assert.ok(found);
      const { more = true, by = 0 } = found.difference ?? {};
      assert.equal(found.days, sum(days));
      assert.equal(more ? subtract(found.days, by) : add(found.days, by), month);
      assert.ok(by >= 0);
    }),
  );
});
