import assert from 'node:assert/strict';
import test from 'node:test';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { Account } from '../../../src/usage/account';
import { monthToDate } from '../../../src/usage/time';
import { type StatusFigure, statusFigure } from '../../../src/views/statusFigure';

const NOW = Date.UTC(2026, 10, 20, 12);
const account = (label: string, provider: Account['provider'] = 'dedalus'): Account => ({
  id: label,
  provider,
  label,
});
const billed = (seconds: number | bigint, at = NOW): AccountUsage => ({
  ...emptyUsage(monthToDate(at)),
  summary: { value: { plan: 'pro', billed: { awake_seconds: seconds }, levels: {} }, asOf: at },
});

function figure(
  known: Record<string, AccountUsage>,
  accounts: Account[],
  chosen = '',
): StatusFigure | undefined {
  return statusFigure({
    accounts,
    usage: (id) => known[id],
    isSample: ({ provider }) => provider === 'sample',
    chosen,
    now: NOW,
  });
}

test('without an account there is nothing to show', () => {
  assert.equal(figure({}, []), undefined);
});

test('all accounts add up, exactly; the chosen one stands alone', () => {
  const known = { a: billed(9_007_199_254_740_991n), b: billed(2) };
  const accounts = [account('a'), account('b')];
  assert.equal(figure(known, accounts)?.billedAwakeSeconds, 9_007_199_254_740_993n);
  assert.equal(figure(known, accounts, 'b')?.billedAwakeSeconds, 2);
});

test('a choice of an account that is gone shows all', () => {
  assert.equal(figure({ a: billed(5) }, [account('a')], 'removed')?.billedAwakeSeconds, 5);
});

test('an account that is not known is not zero: the sum is a lower bound', () => {
  const shown = figure({ a: billed(5) }, [account('a'), account('b')]);
  assert.equal(shown?.billedAwakeSeconds, 5);
  assert.equal(shown.incomplete, true);
  assert.equal(figure({}, [account('a')])?.billedAwakeSeconds, undefined);
});

test('sample data never count beside real ones, and say what they are alone', () => {
  const known = { a: billed(5), s: billed(1000) };
  const both = figure(known, [account('s', 'sample'), account('a')]);
  assert.equal(both?.billedAwakeSeconds, 5);
  assert.equal(both.sample, false);
  assert.equal(figure(known, [account('s', 'sample')])?.sample, true);
});

test('the figure of a month that is over is not this month’s', () => {
  const shown = figure({ a: billed(5, Date.UTC(2026, 9, 31)) }, [account('a')]);
  assert.equal(shown?.billedAwakeSeconds, undefined);
  assert.equal(shown?.stale, true);
});

test('a figure whose newest reading failed is stale', () => {
  const usage = billed(5);
  const failed = { ...usage, summary: { ...usage.summary, failure: { kind: 'cut' } as const } };
  const shown = figure({ a: failed }, [account('a')]);
  assert.equal(shown?.billedAwakeSeconds, 5);
  assert.equal(shown.stale, true);
});
