import assert from 'node:assert/strict';
import test from 'node:test';
import { MIOSA_CAPABILITIES } from '../../../src/providers/miosa/capabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../src/providers/northflank/capabilities';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { Quantities } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { daysOf, HOUR, monthToDate } from '../../../src/usage/time';
import { meteredFigures } from '../../../src/views/dashboard/charts/meteredFigures';

const NOW = Date.UTC(2026, 10, 3, 12, 30);
const PERIOD = monthToDate(NOW);

const rollup = (used: Quantities): AccountUsage => ({
  ...emptyUsage(PERIOD),
  summary: { value: { billed: {}, levels: {}, used }, asOf: NOW },
});

function spend(...hours: Quantities[]): AccountUsage {
  const buckets = hours.map((quantities, hour) => ({
    ...({ kind: 'usage', subjectId: 'cpu', quantities, meteringBucketIds: [], meterEvents: [] } as const),
    ...{ start: PERIOD.start + hour * HOUR, end: PERIOD.start + (hour + 1) * HOUR },
  }));
  return { ...emptyUsage(PERIOD), spend: { value: columnsByDay(buckets, daysOf(PERIOD)), asOf: NOW } };
}

test('the figures of a plan that are known, in its order; zero is known', () => {
  const used = { storage_gb_hours: 2_500_000, credit_cents: 5, sandbox_seconds: 0 };
  assert.deepEqual(meteredFigures(rollup(used), MIOSA_CAPABILITIES), [
    { meter: 'credit_cents', sum: { amount: 5, whole: true }, missing: [] },
    { meter: 'sandbox_seconds', sum: { amount: 0, whole: true }, missing: [] },
    { meter: 'storage_gb_hours', sum: { amount: 2_500_000, whole: true }, missing: [] },
  ]);
});

test('the most important figure stands there when none is known; else only what is known does', () => {
  assert.deepEqual(meteredFigures(rollup({ 'spend.USD': 7 }), MIOSA_CAPABILITIES), [
    { meter: 'spend.USD', sum: { amount: 7, whole: true }, missing: [] },
  ]);
  assert.deepEqual(meteredFigures(emptyUsage(PERIOD), MIOSA_CAPABILITIES), [
    { meter: 'credit_cents', sum: undefined, missing: [] },
  ]);
  assert.deepEqual(meteredFigures(emptyUsage(PERIOD), NORTHFLANK_CAPABILITIES), [
    { meter: 'paas.major', sum: undefined, missing: [] },
  ]);
});

test('money has a figure for each unit, each is the sum of its own, and none is called the whole month', () => {
  const usage = spend({ 'paas.cents': 4 }, { 'paas.USD': 1, 'byoc.cents': 9 }, { 'paas.cents': 3 });
  assert.deepEqual(meteredFigures(usage, NORTHFLANK_CAPABILITIES), [
    { meter: 'paas.USD', sum: { amount: 1, whole: false }, missing: ['2026-11-01'] },
    { meter: 'paas.cents', sum: { amount: 7, whole: false }, missing: ['2026-11-01'] },
    { meter: 'byoc.cents', sum: { amount: 9, whole: true }, missing: [] },
  ]);
});
