import assert from 'node:assert/strict';
import test from 'node:test';
import type { Chart, ChartSeries } from '../../../src/protocol/chart';
import type { Subject } from '../../../src/protocol/subject';
import { HOUR } from '../../../src/usage/time';
import { dataTableHeadings, dataTableRows, sumOfRows } from '../../../webview/dashboard/chart/dataTableRows';
import { chart, ENGLISH, machine, NOVEMBER, others, tableOf } from './charts';

const CHART = chart([machine('web-1', [3600, NaN, 1800, NaN]), others([1, NaN, 2, NaN])], {
  granularity: 'hour',
  begun: 3,
  openFrom: 2,
});
const ROWS = dataTableRows(CHART, tableOf(CHART), ENGLISH);

test('the table has a row for each slot that has begun and each of its names, in their order', () => {
  assert.deepEqual(
    ROWS.map(({ time, name, exact, note }) => [time, name, exact, note]),
    [
      ['Sun 1 Nov 00:00–01:00', 'web-1', '3,600 s', ''],
      ['Sun 1 Nov 00:00–01:00', 'Other machines (12)', '1 s', ''],
      ['Sun 1 Nov 01:00–02:00', 'web-1', 'unknown', ''],
      ['Sun 1 Nov 01:00–02:00', 'Other machines (12)', 'unknown', ''],
      ['Sun 1 Nov 02:00–03:00', 'web-1', '1,800 s', 'not over yet'],
      ['Sun 1 Nov 02:00–03:00', 'Other machines (12)', '2 s', 'not over yet'],
    ],
  );
  assert.equal(ROWS[2]?.amount, undefined);
  assert.equal(ROWS[4]?.at, NOVEMBER + 2 * HOUR);
});

test('the table has names that the chart does not draw, and a value beyond 2^53 whole', () => {
  const drawn = chart([machine('web-1', [5]), others([2])]);
  const table = {
    rows: ['web-1', 'web-2', 'asleep'].map((label) => ({ key: label, label, kind: 'machine' as const })),
    values: Float64Array.of(5, 2 ** 53, 0),
    exact: { 1: '9007199254740993' },
  };
  const rows = dataTableRows(drawn, table, ENGLISH);
  assert.deepEqual(
    rows.map(({ name, exact }) => [name, exact]),
    [
      ['web-1', '5 s'],
      ['web-2', '9,007,199,254,740,993 s'],
      ['asleep', '0 s'],
    ],
  );
  assert.equal(rows[1]?.amount, 9007199254740993n);
});

test('a row of a machine can select it, one of the others cannot', () => {
  assert.deepEqual([ROWS[0]?.key, ROWS[1]?.key], ['id of web-1', '']);
});

test('the sum of rows is exact, and at least that where one is unknown', () => {
  assert.equal(sumOfRows(ROWS.slice(4), CHART, ENGLISH), '0.5 h (1,802 s)');
  assert.equal(sumOfRows(ROWS, CHART, ENGLISH), '≥ 1.5 h (≥ 5,403 s)');
  assert.equal(sumOfRows(ROWS.slice(2, 4), CHART, ENGLISH), 'unknown');
});

test('a sum of money is no lower bound where a row is unknown', () => {
  const billed = chart([machine('cpu', [3e10, NaN])], { meter: 'paas.USD' });
  const rows = dataTableRows(billed, tableOf(billed), ENGLISH);
  assert.equal(sumOfRows(rows, billed, ENGLISH), 'US$3.00 + ? (3 USD + ?)');
  assert.equal(sumOfRows(rows.slice(0, 1), billed, ENGLISH), 'US$3.00 (3 USD)');
});

test('an open slot that is not known yet does not make the sum doubtful', () => {
  const open = chart([machine('a', [60, NaN])], { openFrom: 1 });
  assert.equal(sumOfRows(dataTableRows(open, tableOf(open), ENGLISH), open, ENGLISH), '0.02 h (60 s)');
});

test('fractions stand in the table as decimals of their unit', () => {
  const spend = chart([machine('CPU', [12_345_678_901, 5])], { meter: 'paas.USD' });
  const rows = dataTableRows(spend, tableOf(spend), ENGLISH);
  assert.deepEqual(
    rows.map(({ rounded, exact }) => [rounded, exact]),
    [
      ['1.23', '1.2345678901 USD'],
      ['<0.01', '0.0000000005 USD'],
    ],
  );
  assert.equal(sumOfRows(rows, spend, ENGLISH), 'US$1.23 (1.2345678906 USD)');
});

test('the headings of a table name what is stacked, and a unit where there is one', () => {
  const headingsFor = (meter: Chart['meter'], subject: Subject, kind: ChartSeries['kind']) =>
    dataTableHeadings(
      chart([{ ...machine('a', [1]), kind }], { meter, title: 'Spend' }),
      subject,
      ENGLISH.strings,
    );
  const cents = headingsFor('paas.cents', 'category', 'machine');
  assert.deepEqual(
    [cents.nameHeading, cents.valueHeading, cents.unit, cents.copyHeading, cents.decimals],
    ['Category', 'Value (cents)', 'cents', 'Spend (cents)', 8],
  );
  const unnamed = headingsFor('paas.major', 'group', 'machine');
  assert.deepEqual(
    [unnamed.nameHeading, unnamed.valueHeading, unnamed.copyHeading],
    ['Group', 'Value', 'Spend'],
  );
  assert.equal(headingsFor('awake_seconds', 'machine', 'shape').nameHeading, 'Shape');
});
