import assert from 'node:assert/strict';
import test from 'node:test';
import type { Gauge, ReportCell, ReportRow, ReportTable } from '../../../src/protocol/report';
import { areReports } from '../../../webview/dashboard/reports/reportMessage';
import { CLOSED_REPORTS, OPEN_REPORTS } from './reports';

const COLUMNS = [
  { heading: 'Machine', numeric: false },
  { heading: 'Awake', numeric: true },
];
const CELLS: readonly ReportCell[] = [{ text: 'dm-web-1' }, { text: '1 h' }];

const withBody = (body: unknown): unknown => [{ ...CLOSED_REPORTS[0], body }];
const withTables = (tables: unknown): unknown => withBody({ tables, notes: [], actions: [] });
const withTable = (part: object): unknown => {
  const table: ReportTable = { caption: 'x', columns: COLUMNS, rows: [], more: 0, empty: 'x' };
  return withTables([{ ...table, ...part }]);
};
const withRow = (part: object): unknown => {
  const row: ReportRow = { cells: CELLS, tone: 'neutral' };
  return withTable({ rows: [{ ...row, ...part }] });
};
const withGauge = (gauge: unknown): unknown => withRow({ cells: [{ text: 'x', gauge }, CELLS[1]] });

test('reports cross as they are, open and closed', () => {
  assert.ok(areReports([]));
  assert.ok(areReports(structuredClone(OPEN_REPORTS)));
  assert.ok(areReports(structuredClone(CLOSED_REPORTS)));
  assert.ok(areReports(withRow({})));
});

test('a gauge may have passed its limit, and what was expected of it', () => {
  const gauges: Gauge[] = [
    { done: 0 },
    { done: 1, limit: 0.5 },
    { done: 0.9, expected: { low: 0.2, total: 0.2, high: 0.4 } },
    { done: 0, expected: { low: 0, total: 0, high: 1 }, limit: 1 },
  ];
  for (const gauge of gauges) {
    assert.ok(areReports(withGauge(gauge)), JSON.stringify(gauge));
  }
});

test('a report that could not be drawn is refused with all others', () => {
  const [first, second] = CLOSED_REPORTS;
  const broken: unknown[] = [
    undefined,
    {},
    ['monthEnd'],
    [first, first],
    [first, { ...second, id: 'weather' }],
    [{ ...first, title: undefined }],
    [{ ...first, summary: 7 }],
    [{ ...first, tone: 'jolly' }],
    withBody(null),
    withBody({ tables: [], notes: [] }),
    withBody({ tables: [], notes: [7], actions: [] }),
    withBody({ tables: [], notes: [], actions: [{ label: 'x', intent: 'addAccount' }] }),
    withBody({ tables: [], notes: [], actions: [{ intent: 'setRates' }] }),
    withBody({ tables: [], notes: [], actions: [], search: { text: 'x' } }),
    withBody({ tables: [], notes: [], actions: [], search: { text: null, hint: 'x' } }),
    withTables({}),
  ];
  for (const reports of broken) {
    assert.equal(areReports(reports), false, JSON.stringify(reports));
  }
});

test('a table has one cell for each of its columns', () => {
  for (const cells of [[], CELLS.slice(1), [...CELLS, ...CELLS]]) {
    assert.equal(areReports(withRow({ cells })), false);
  }
});

test('a table that could not be drawn is refused', () => {
  const broken: unknown[] = [
    withTable({ caption: undefined }),
    withTable({ columns: ['Machine'] }),
    withTable({ columns: [{ heading: 'Machine' }] }),
    withTable({ rows: {} }),
    withTable({ more: -1 }),
    withTable({ more: 0.5 }),
    withTable({ empty: undefined }),
    withRow({ tone: 'loud' }),
    withRow({ dismiss: 7 }),
    withRow({ cells: ['dm-web-1', '1 h'] }),
    withRow({ cells: [{ text: 'x', detail: 7 }, CELLS[1]] }),
    withRow({ opens: { chart: 'duty', meter: 'awake_seconds' } }),
    withRow({ opens: { chart: 'compute', meter: 'nonsense' } }),
    withRow({ opens: { chart: 'compute', meter: 'awake_seconds', subjectId: 7 } }),
  ];
  for (const reports of broken) {
    assert.equal(areReports(reports), false, JSON.stringify(reports));
  }
});

test('a gauge beyond its length, or out of order, is refused', () => {
  const broken: unknown[] = [
    null,
    {},
    { done: NaN },
    { done: 1.1 },
    { done: -0.1 },
    { done: 0.5, limit: 2 },
    { done: 0.5, expected: { low: 0.6, total: 0.7 } },
    { done: 0.5, expected: { low: 0.8, total: 0.7, high: 0.9 } },
    { done: 0.5, expected: { low: 0.6, total: 0.9, high: 0.8 } },
    { done: 0.5, expected: { low: 0.6, total: 0.7, high: 1.2 } },
  ];
  for (const gauge of broken) {
    assert.equal(areReports(withGauge(gauge)), false, JSON.stringify(gauge));
  }
});
