import assert from 'node:assert/strict';
import test from 'node:test';
import { budgetGauge, budgetTone } from '../../../src/views/dashboard/reports/budgetGauge';
import { budget, NOW, standingsOf, steadyHistory, usageOf } from '../insights/budgets/budgeting';
import { ACCOUNT } from '../store/fakeSource';

function gaugeOf(hours: number | undefined, limit: number, daily?: number): ReturnType<typeof budgetGauge> {
  const usage = hours === undefined ? undefined : usageOf(hours);
  const dayCache = daily === undefined ? undefined : steadyHistory(daily, NOW);
  const [found] = standingsOf([budget(limit)], { usage: () => usage, dayCache: () => dayCache }).of(ACCOUNT);
  assert.ok(found);
  return budgetGauge(found);
}

test('the bar is as long as the limit, or as what is used or expected beyond it', () => {
  assert.deepEqual(gaugeOf(25, 100), { done: 0.25, limit: 1 });
  assert.deepEqual(gaugeOf(200, 100), { done: 1, limit: 0.5 });
  const expected = gaugeOf(81, 132.75, 9);
  assert.ok(expected?.expected);
  assert.ok(Math.abs((expected.limit ?? 0) - 0.5) < 1e-9);
  assert.ok(Math.abs(expected.expected.total - 1) < 1e-9);
  assert.ok(expected.expected.low <= expected.expected.total);
});

test('what is not known has no bar, and no tone of its own', () => {
  assert.equal(gaugeOf(undefined, 100), undefined);
  assert.equal(budgetTone({ alert: 'none', actual: undefined, isWhole: false }), 'neutral');
  assert.equal(budgetTone({ alert: 'none', actual: 0, isWhole: true }), 'good');
  assert.equal(budgetTone({ alert: 'warning', actual: 1, isWhole: true }), 'attention');
  assert.equal(budgetTone({ alert: 'error', actual: 1, isWhole: true }), 'trouble');
});
