import assert from 'node:assert/strict';
import test from 'node:test';
import { MIOSA_PLAN } from '../../../src/providers/miosa/plan';
import { NORTHFLANK_PLAN } from '../../../src/providers/northflank/plan';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { Quantities } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns';
import { HOUR, daysOf, monthToDate } from '../../../src/usage/time';
import { meteredFigures } from '../../../src/views/dashboard/meteredFigures';

const NOW = Date.UTC(2026, 10, 3, 12, 30);
const PERIOD = monthToDate(NOW);

const rollup = (used: Quantities): AccountUsage => ({
  ...emptyUsage(PERIOD),
  summary: { value: { billed: {}, levels: {}, used }, asOf: NOW },
});

function spend(...hours: Quantities[]): AccountUsage {
  const buckets = hours.map((quantities, hour) => ({
    ...({ kind: 'usage', machineId: 'cpu', quantities, meteringBucketIds: [], meterEvents: [] } as const),
    ...{ start: PERIOD.start + hour * HOUR, end: PERIOD.start + (hour + 1) * HOUR },
  }));
  return { ...emptyUsage(PERIOD), spend: { value: columnsByDay(buckets, daysOf(PERIOD)), asOf: NOW } };
}

test('the figures of a plan that are known, in its order; zero is known', () => {
  const used = { storage_gb_hours: 2_500_000, credit_cents: 5, sandbox_seconds: 0 };
  assert.deepEqual(meteredFigures(rollup(used), MIOSA_PLAN), [
    { meter: 'credit_cents', amount: 5 },
    { meter: 'sandbox_seconds', amount: 0 },
    { meter: 'storage_gb_hours', amount: 2_500_000 },
  ]);
});

test('the most important figure stands there when none is known; else only what is known does', () => {
  assert.deepEqual(meteredFigures(rollup({ 'spend.USD': 7 }), MIOSA_PLAN), [
    { meter: 'spend.USD', amount: 7 },
  ]);
  assert.deepEqual(meteredFigures(emptyUsage(PERIOD), MIOSA_PLAN), [
    { meter: 'credit_cents', amount: undefined },
  ]);
  assert.deepEqual(meteredFigures(emptyUsage(PERIOD), NORTHFLANK_PLAN), [
    { meter: 'paas.major', amount: undefined },
  ]);
});

test('money has a figure for each unit, and each is the sum of its own', () => {
  const usage = spend({ 'paas.cents': 4 }, { 'paas.USD': 1, 'byoc.cents': 9 }, { 'paas.cents': 3 });
  assert.deepEqual(meteredFigures(usage, NORTHFLANK_PLAN), [
    { meter: 'paas.USD', amount: 1 },
    { meter: 'paas.cents', amount: 7 },
    { meter: 'byoc.cents', amount: 9 },
  ]);
});
