import assert from 'node:assert/strict';
import test from 'node:test';
import { monthFigure } from '../../../../src/insights/month/monthFigure';
import { type AccountUsage, emptyUsage, machinesOf } from '../../../../src/store/accountUsage';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns, toColumns } from '../../../../src/usage/columns/columns';
import { addUp, COMPUTE_METERS, STORAGE_METERS } from '../../../../src/usage/columns/totals';
import { monthToDate } from '../../../../src/usage/time';
import { readSample } from '../../store/sampleMonth';
import { computeDay } from '../../usage/builders';

const NOW = Date.UTC(2026, 10, 20);
const month = (parts: Partial<AccountUsage>): AccountUsage => ({ ...emptyUsage(monthToDate(NOW)), ...parts });
const days = (buckets: readonly UsageBucket[]): DayColumns => columnsByDay(buckets, ['2026-11-02']);
const summary = { value: { plan: 'pro', billed: { awake_seconds: 100 }, levels: {} }, asOf: NOW };
const compute = { value: days([computeDay('m', '2026-11-02', 130)]), asOf: NOW };

test('billed, metered and the rest that is not yet closed', () => {
  const { billed, metered, notYetClosed } = monthFigure(month({ summary, compute }), 'awake_seconds');
  assert.deepEqual([billed, metered, notYetClosed], [100, 130, 30]);
});

test('figures of two times are not subtracted from each other', () => {
  const stale = { ...compute, failure: { kind: 'cut' } as const };
  const figure = monthFigure(month({ summary, compute: stale }), 'awake_seconds');
  assert.deepEqual([figure.metered, figure.notYetClosed], [130, undefined]);
});

test('no rows are nothing, and no reading is unknown', () => {
  assert.equal(
    monthFigure(month({ summary, compute: { value: days([]), asOf: NOW } }), 'awake_seconds').metered,
    0,
  );
  assert.equal(monthFigure(month({ summary }), 'awake_seconds').metered, undefined);
});

test('more billed than metered is no negative rest', () => {
  const less = { value: days([computeDay('m', '2026-11-02', 90)]), asOf: NOW };
  assert.equal(monthFigure(month({ summary, compute: less }), 'awake_seconds').notYetClosed, undefined);
});

test('the sum of the days is what the machines add up to', async () => {
  const { usage } = await readSample(NOW);
  const totals = toColumns([computeDay('m', '2026-11-02', 130), computeDay('n', '2026-11-03', 7)]);
  for (const own of [usage, month({ totals }), month({ compute, totals })]) {
    const machines = addUp(machinesOf(own).map(({ quantities }) => quantities));
    for (const meter of [...COMPUTE_METERS, ...STORAGE_METERS]) {
      assert.equal(monthFigure(own, meter).meteredSum?.amount ?? 0, machines[meter] ?? 0, meter);
    }
  }
});
