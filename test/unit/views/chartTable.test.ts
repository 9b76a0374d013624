import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Chart } from '../../../src/protocol/chart';
import type { Choices } from '../../../src/protocol/choices';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { DAY, daysOf, startOfDay, type UtcDay } from '../../../src/usage/time';
import { chartTable } from '../../../src/views/dashboard/charts/chartTable';
import { planCharts } from '../../../src/views/dashboard/charts/chartView';
import { createChartModel } from '../../../webview/dashboard/chart/chartModel';
import { dataTableRows } from '../../../webview/dashboard/chart/dataTableRows';
import { ENGLISH } from '../dashboard/charts';
import { computeDay } from '../usage/builders';
import { OCTOBER, octoberInput } from './octoberInput';

const DAYS = daysOf(OCTOBER);

interface Row {
  readonly id: string;
  readonly day: UtcDay;
  readonly seconds: number | bigint;
}

/** The first chart of last month with its table open, of which only some days were read. */
function chartOf(rows: readonly Row[], read: readonly UtcDay[], choices: Partial<Choices> = {}): Chart {
  const [chart] = planCharts(
    octoberInput(rows, { days: read, choices: { top: 3, computeTable: true, ...choices } }),
  );
  assert.ok(chart);
  return chart;
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const rows = fc.array(
  fc.record({
    id: fc.constantFrom(...IDS),
    day: fc.constantFrom(...DAYS),
    seconds: fc.oneof(fc.nat(10 ** 6), fc.bigInt({ min: 2n ** 53n, max: 2n ** 60n })),
  }),
  { minLength: 1, maxLength: 40 },
);

test('whatever was used and read, the rows of all machines add up to the chart’s total of each day', () => {
  fc.assert(
    fc.property(rows, fc.subarray(DAYS), (all, read) => {
      const chart = chartOf(all, read);
      assert.ok(chart.table);
      const cells = dataTableRows(chart, chart.table, ENGLISH);
      const { slotTotals } = createChartModel(chart);
      assert.deepEqual(
        new Set(cells.map(({ name }) => name)),
        new Set(all.filter(({ day }) => read.includes(day)).map(({ id }) => `machine ${id}`)),
        'every machine that was read has rows of its own',
      );
      for (const [slot, day] of DAYS.entries()) {
        const own = cells.filter(({ at }) => at === startOfDay(day)).map(({ amount }) => amount);
        if (!read.includes(day)) {
          assert.deepEqual(new Set(own), new Set(own.length === 0 ? [] : [undefined]), 'unknown is not zero');
        } else if (chart.series.length > 0) {
          const sum = own.reduce((total: bigint, amount) => total + BigInt(amount ?? 0), 0n);
          assert.equal(sum, BigInt(slotTotals[slot]?.amount ?? 0));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a machine that used nothing is in the table, though not in the chart', () => {
  const read = DAYS.slice(0, 1);
  const [day] = read;
  assert.ok(day);
  const chart = chartOf(
    [
      { id: 'busy', day, seconds: 60 },
      { id: 'asleep', day, seconds: 0 },
    ],
    read,
  );
  assert.deepEqual(
    [chart.series, chart.table?.rows ?? []].map((all) => all.map(({ key }) => key)),
    [['busy'], ['busy', 'asleep']],
  );
});

test('a closed table is not sent', () => {
  const all = DAYS.slice(0, 1).map((day) => ({ id: 'a', day, seconds: 60 }));
  assert.equal(chartOf(all, DAYS, { computeTable: false }).table, undefined);
});

test('of more than half a million cells the smallest machines are one, and nothing is lost', () => {
  const day = startOfDay('2026-10-01');
  const hours = 25_000;
  const buckets = Array.from({ length: 30 }, (_, id) => computeDay(`m${id}`, '2026-10-01', 30 - id));
  const [columns] = [...columnsByDay(buckets, ['2026-10-01']).values()];
  assert.ok(columns);
  const slots = { start: day, length: DAY, count: hours };
  const table = chartTable(
    {
      ...{ blocks: [columns], meter: 'awake_seconds', slots },
      groupBy: ({ subjectIds, subject }) => ({ keys: subjectIds, indexOf: (row) => subject[row] ?? 0 }),
    },
    Array.from({ length: hours }, () => true),
    (key) => ({ key: key ?? '', label: key ?? 'Others', kind: key === undefined ? 'others' : 'machine' }),
  );
  assert.ok(table.values.length <= 500_000 && table.values.length > 450_000);
  assert.deepEqual([table.rows[0]?.key, table.rows.at(-1)?.label], ['m0', 'Others']);
  const first = table.values.subarray(0, table.rows.length);
  assert.equal(
    first.reduce((sum, value) => sum + value, 0),
    (30 * 31) / 2,
  );
});
