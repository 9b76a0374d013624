import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { daysOf } from '../../../src/usage/time';
import { planCharts } from '../../../src/views/dashboard/charts/chartView';
import { periodTotals } from '../../../src/views/dashboard/charts/periodTotals';
import { createChartModel } from '../../../webview/dashboard/chart/chartModel';
import { runs } from '../../support/runs';
import { OCTOBER, octoberInput } from './octoberInput';

test('another month is the sum of its days, for each meter that a chart offers', () => {
  const totals = periodTotals(
    octoberInput([
      { id: 'a', day: '2026-10-01', seconds: 3600 },
      { id: 'b', day: '2026-10-31', seconds: 7200 },
    ]),
  );
  assert.deepEqual(
    totals.map(({ chart, meter, sum }) => [chart, meter, sum]),
    [
      ['compute', 'awake_seconds', { amount: 10_800, whole: true }],
      ['compute', 'cpu_millicore_seconds', { amount: 1_080_000, whole: true }],
      ['compute', 'memory_mib_seconds', { amount: 10_800 * 4096, whole: true }],
      ['storage', 'storage_mib_seconds', undefined], // no day of storage was read
    ],
  );
});

test('a day that was not read makes it a sum of a part', () => {
  const days = daysOf(OCTOBER).filter((day) => day !== '2026-10-20');
  const [awake] = periodTotals(octoberInput([{ id: 'a', day: '2026-10-01', seconds: 3600 }], { days }));
  assert.deepEqual(awake?.sum, { amount: 3600, whole: false });
});

test('a zoomed part has the days in it alone', () => {
  const zoom = { start: Date.UTC(2026, 9, 2), end: Date.UTC(2026, 9, 4) };
  const rows = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'].map((day, at) => ({
    ...{ id: 'a', day },
    seconds: 10 ** at,
  }));
  const [awake] = periodTotals(octoberInput(rows, { choices: { zoom } }));
  assert.deepEqual(awake?.sum, { amount: 110, whole: true });
});

test('whatever was used and read, a figure is its chart’s total', () => {
  const days = daysOf(OCTOBER);
  const row = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    day: fc.constantFrom(...days),
    seconds: fc.oneof(fc.nat(10 ** 6), fc.bigInt({ min: 2n ** 53n, max: 2n ** 60n })),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.subarray(days), (rows, read) => {
      const input = octoberInput(rows, { days: read, choices: { top: 3 } });
      const [chart] = planCharts(input);
      const [awake] = periodTotals(input);
      assert.ok(chart);
      if (chart.series.length > 0) {
        assert.deepEqual(awake?.sum, createChartModel(chart).total);
      }
    }),
    { numRuns: runs(60) },
  );
});
