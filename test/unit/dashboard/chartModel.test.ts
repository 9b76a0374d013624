import assert from 'node:assert/strict';
import test from 'node:test';
import { axisDays, createChartModel, exact, rounded } from '../../../webview/dashboard/chartModel';
import { ENGLISH, NOVEMBER, chart, machine, others } from './charts';

const { formats } = ENGLISH;

test('totals add up over days and machines', () => {
  const model = createChartModel(chart([machine('a', [3600, 7200]), machine('b', [0, 60]), others([1, 2])]));
  assert.deepEqual(model.dayTotals, [
    { amount: 3601, whole: true },
    { amount: 7262, whole: true },
  ]);
  assert.deepEqual(model.seriesTotals, [
    { amount: 10800, whole: true },
    { amount: 60, whole: true },
    { amount: 3, whole: true },
  ]);
  assert.deepEqual(model.total, { amount: 10863, whole: true });
  assert.equal(model.peakDay, 1);
});

test('the largest machine is a machine, even when the others together have more', () => {
  const model = createChartModel(chart([others([900]), machine('a', [10]), machine('b', [20])]));
  assert.equal(model.largest, 2);
});

test('an unknown day is a gap, not zero, and makes the totals a lower bound', () => {
  const known = chart([machine('a', [60, NaN, 60]), machine('b', [60, 60, 60])]);
  const model = createChartModel(known);
  assert.equal(model.cells[0]?.[1], undefined);
  assert.deepEqual(model.dayTotals[1], { amount: 60, whole: false });
  assert.deepEqual(model.seriesTotals[0], { amount: 120, whole: false });
  assert.equal(exact(model.total, 'awake_seconds', formats, 'unknown'), '≥ 300 s');
});

test('a day of which nothing is known has no total', () => {
  const model = createChartModel(chart([machine('a', [60, NaN]), machine('b', [60, NaN])]));
  assert.equal(model.dayTotals[1], undefined);
  assert.equal(rounded(model.dayTotals[1], 'awake_seconds', formats, 'unknown'), 'unknown');
});

test('the day still going on may be missing without making the totals doubtful', () => {
  const model = createChartModel(chart([machine('a', [60, NaN])], { openDay: 1 }));
  assert.deepEqual(model.total, { amount: 60, whole: true });
});

test('days after the one going on are no part of the chart', () => {
  const model = createChartModel(chart([machine('a', [60, 30, NaN, NaN])], { openDay: 1 }));
  assert.equal(model.dayTotals.length, 2);
  assert.deepEqual(model.total, { amount: 90, whole: true });
});

test('values beyond 2^53 stay exact', () => {
  const beyond = '9007199254740993';
  const model = createChartModel(chart([machine('a', [Number(beyond), 1], [beyond, '1'])]));
  assert.equal(exact(model.total, 'awake_seconds', formats, ''), '9,007,199,254,740,994 s');
});

test('a value that cannot be shown exactly is unknown rather than rounded', () => {
  const model = createChartModel(chart([machine('a', [2 ** 53 + 2, 1.5, 7])]));
  assert.deepEqual(model.cells[0], [undefined, undefined, 7]);
});

test('a level is not summed over time: its figure is the newest one', () => {
  const levels = chart([machine('a', [10, 20, 30]), machine('b', [5, 5, 5])], {
    meter: 'provisioned_storage_gib',
  });
  const model = createChartModel(levels);
  assert.deepEqual(model.seriesTotals[0], { amount: 30, whole: true });
  assert.deepEqual(model.total, { amount: 35, whole: true });
});

test('a month without usage has neither a peak day nor a largest machine', () => {
  const model = createChartModel(chart([machine('a', [0, 0])]));
  assert.equal(model.peakDay, undefined);
  assert.equal(model.largest, undefined);
  assert.deepEqual(model.total, { amount: 0, whole: true });
});

test('a day keeps its place over the month: the axis has all its days', () => {
  assert.equal(axisDays(['2026-11-01', '2026-11-02'], NOVEMBER).length, 30);
});

test('a chart that does not begin with the month has its own days only', () => {
  const days = ['2026-10-31', '2026-11-01'];
  assert.deepEqual(axisDays(days, NOVEMBER), days);
});
