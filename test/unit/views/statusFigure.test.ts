import assert from 'node:assert/strict';
import test from 'node:test';
import { PROVIDERS } from '../../../src/providers/registry';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { Account } from '../../../src/usage/account';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { moneyMeter } from '../../../src/usage/meter';
import { HOUR, monthToDate } from '../../../src/usage/time';
import { type StatusFigure, statusFigure } from '../../../src/views/statusBar/statusFigure';

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
  turn = 0,
): StatusFigure | undefined {
  return statusFigure({
    accounts,
    usage: (id) => known[id],
    capabilitiesOf: ({ provider }) => PROVIDERS[provider].capabilities,
    turn,
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
  assert.equal(figure(known, accounts)?.amount, 9_007_199_254_740_993n);
  assert.equal(figure(known, accounts, 'b')?.amount, 2);
});

test('a choice of an account that is gone shows all', () => {
  assert.equal(figure({ a: billed(5) }, [account('a')], 'removed')?.amount, 5);
});

test('an account that is not known is not zero: the sum is a lower bound', () => {
  const shown = figure({ a: billed(5) }, [account('a'), account('b')]);
  assert.equal(shown?.amount, 5);
  assert.equal(shown.incomplete, true);
  assert.equal(figure({}, [account('a')])?.amount, undefined);
});

test('sample data never count beside real ones, and say what they are alone', () => {
  const known = { a: billed(5), s: billed(1000) };
  const both = figure(known, [account('s', 'sample'), account('a')]);
  assert.equal(both?.amount, 5);
  assert.equal(both.sample, false);
  assert.equal(figure(known, [account('s', 'sample')])?.sample, true);
});

test('the figure of a month that is over is not this month’s', () => {
  const shown = figure({ a: billed(5, Date.UTC(2026, 9, 31)) }, [account('a')]);
  assert.equal(shown?.amount, undefined);
  assert.equal(shown?.stale, true);
});

test('a figure whose newest reading failed is stale', () => {
  const usage = billed(5);
  const failed = { ...usage, summary: { ...usage.summary, failure: { kind: 'cut' } as const } };
  const shown = figure({ a: failed }, [account('a')]);
  assert.equal(shown?.amount, 5);
  assert.equal(shown.stale, true);
});

const credits = (cents: number): AccountUsage => ({
  ...emptyUsage(monthToDate(NOW)),
  summary: { value: { billed: {}, levels: {}, used: { credit_cents: cents } }, asOf: NOW },
});

test('each vendor has a figure of its own, never one over all, and they come in turn', () => {
  const known = { a: billed(5), m: credits(70), b: billed(2), n: credits(1) };
  const accounts = [account('a'), account('m', 'miosa'), account('b'), account('n', 'miosa')];
  const turns = [0, 1, 2].map((turn) => figure(known, accounts, '', turn));
  assert.deepEqual(
    turns.map((shown) => [shown?.amount, shown?.meter, shown?.count]),
    [
      [7, 'awake_seconds', 2],
      [71, 'credit_cents', 2],
      [7, 'awake_seconds', 2],
    ],
  );
});

test('money in two units is two figures', () => {
  const spent = (unit: string, amount: number): AccountUsage => ({
    ...emptyUsage(monthToDate(NOW)),
    spend: { value: columnsByDay([spendHour(unit, amount)], ['2026-11-19']), asOf: NOW },
  });
  const known = { a: spent('cents', 100), b: spent('USD', 300), c: spent('cents', 11) };
  const accounts = ['a', 'b', 'c'].map((label) => account(label, 'northflank'));
  assert.deepEqual(
    [0, 1].map((turn) => figure(known, accounts, '', turn)?.amount),
    [111, 300],
  );
});

function spendHour(unit: string, amount: number): UsageBucket {
  const start = Date.UTC(2026, 10, 19, 7);
  return {
    kind: 'usage',
    subjectId: 'cpu',
    ...{ start, end: start + HOUR, meteringBucketIds: [], meterEvents: [] },
    quantities: { [moneyMeter('paas', unit)]: amount },
  };
}
