import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  createChartModel,
  exact,
  exactAverage,
  largestAt,
  rounded,
  roundedAverage,
  selectedSeries,
  sumOfSlots,
} from '../../../webview/dashboard/chart/chartModel';
import { chart, ENGLISH, machine, others } from './charts';

const { formats } = ENGLISH;

test('totals add up over slots and machines', () => {
  const model = createChartModel(chart([machine('a', [3600, 7200]), machine('b', [0, 60]), others([1, 2])]));
  assert.deepEqual(model.slotTotals, [
    { amount: 3601, whole: true },
    { amount: 7262, whole: true },
  ]);
  assert.deepEqual(model.seriesTotals, [
    { amount: 10800, whole: true },
    { amount: 60, whole: true },
    { amount: 3, whole: true },
  ]);
  assert.deepEqual(model.total, { amount: 10863, whole: true });
  assert.equal(model.peak, 1);
});

test('the largest machine is a machine, even when the others together have more', () => {
  const model = createChartModel(chart([machine('a', [10]), machine('b', [20]), others([900])]));
  assert.equal(model.largest, 1);
});

test('an unknown slot is a gap, not zero, and makes the totals a lower bound', () => {
  const known = chart([machine('a', [60, NaN, 60]), machine('b', [60, 60, 60])]);
  const model = createChartModel(known);
  assert.equal(model.cells[0]?.[1], undefined);
  assert.deepEqual(model.slotTotals[1], { amount: 60, whole: false });
  assert.deepEqual(model.seriesTotals[0], { amount: 120, whole: false });
  assert.equal(exact(model.total, 'awake_seconds', formats, 'unknown'), '≥ 300 s');
});

test('what is unknown of money may be a credit: its sum is no lower bound', () => {
  const model = createChartModel(
    chart([machine('cpu', [300, NaN, 20]), machine('credit', [-50, NaN, -5])], { meter: 'spend.major' }),
  );
  const text = (reading: typeof model.total): string => exact(reading, 'spend.cents', formats, 'unknown');
  assert.deepEqual(model.seriesTotals.map(text), ['0.0000032 cents + ?', '−0.00000055 cents + ?']);
  assert.equal(text(model.total), '0.00000265 cents + ?');
  assert.equal(text(model.slotTotals[0]), '0.0000025 cents');
});

test('a slot of which nothing is known has no total', () => {
  const model = createChartModel(chart([machine('a', [60, NaN]), machine('b', [60, NaN])]));
  assert.equal(model.slotTotals[1], undefined);
  assert.equal(rounded(model.slotTotals[1], 'awake_seconds', formats, 'unknown'), 'unknown');
});

test('open slots may be missing without making the totals doubtful', () => {
  const model = createChartModel(chart([machine('a', [60, NaN, NaN])], { openFrom: 1 }));
  assert.deepEqual(model.total, { amount: 60, whole: true });
});

test('slots that have not begun are no part of the totals', () => {
  const model = createChartModel(chart([machine('a', [60, 30, NaN, NaN])], { begun: 2, openFrom: 1 }));
  assert.equal(model.slotTotals.length, 2);
  assert.deepEqual(model.total, { amount: 90, whole: true });
});

test('the average is over the closed slots that are known in full', () => {
  const a = machine('a', [3600, NaN, 7200, 1800, 1]);
  const b = machine('b', [0, NaN, 0, NaN, 0]);
  const { average } = createChartModel(chart([a, b], { openFrom: 4 }));
  assert.ok(average);
  assert.equal(roundedAverage(average, 'awake_seconds', formats), '1.5 h');
  assert.equal(exactAverage(average, 'awake_seconds', formats), '10,800 s / 2');
});

test('there is no average while no slot is closed', () => {
  assert.equal(createChartModel(chart([machine('a', [60])], { openFrom: 0 })).average, undefined);
});

test('an average is not rounded to the vendor’s unit, and says what it is the mean of', () => {
  const average = { sum: 9_007_199_254_740_993n, slots: 2 };
  assert.equal(exactAverage(average, 'provisioned_storage_gib', formats), '9,007,199,254,740,993 GiB / 2');
  assert.equal(roundedAverage({ sum: 5, slots: 2 }, 'provisioned_storage_gib', formats), '2.5 GiB');
});

test('an average of money has the sign of its currency, and one without a currency only its number', () => {
  const dollars = 12.5 * 10 ** 10;
  assert.equal(roundedAverage({ sum: 2 * dollars, slots: 4 }, 'paas.USD', formats), 'US$6.25');
  assert.equal(roundedAverage({ sum: 2 * dollars, slots: 4 }, 'paas.major', formats), '6.25');
  assert.equal(exactAverage({ sum: 5 * 10 ** 7, slots: 2 }, 'paas.cents', formats), '0.5 cents / 2');
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

test('a level is not summed over time: its figure is the newest one, but it has an average', () => {
  const levels = chart([machine('a', [10, 20, 30]), machine('b', [5, 5, 5])], {
    meter: 'provisioned_storage_gib',
  });
  const model = createChartModel(levels);
  assert.deepEqual(model.seriesTotals[0], { amount: 30, whole: true });
  assert.deepEqual(model.total, { amount: 35, whole: true });
  assert.deepEqual(model.average, { sum: 75, slots: 3 });
  assert.equal(sumOfSlots(levels, model, 0, 2), undefined);
});

test('a period without usage has neither a peak nor a largest machine', () => {
  const model = createChartModel(chart([machine('a', [0, 0])]));
  assert.equal(model.peak, undefined);
  assert.equal(model.largest, undefined);
  assert.deepEqual(model.total, { amount: 0, whole: true });
});

test('the sum of marked slots is a lower bound when one of them is unknown', () => {
  const marked = chart([machine('a', [1, 2, NaN, 8])]);
  const model = createChartModel(marked);
  assert.deepEqual(sumOfSlots(marked, model, 0, 1), { amount: 3, whole: true });
  assert.deepEqual(sumOfSlots(marked, model, 1, 3), { amount: 10, whole: false });
  assert.equal(sumOfSlots(marked, model, 2, 2), undefined);
});

test('however usage is spread, totals by slot and totals by machine come to the same', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constant(NaN));
  const rows = fc
    .integer({ min: 1, max: 30 })
    .chain((slots) =>
      fc.array(fc.array(value, { minLength: slots, maxLength: slots }), { minLength: 1, maxLength: 8 }),
    );
  fc.assert(
    fc.property(rows, (values) => {
      const model = createChartModel(chart(values.map((row, index) => machine(String(index), row))));
      const sumOf = (readings: readonly ({ amount: number | bigint } | undefined)[]): number =>
        readings.reduce((sum, reading) => sum + Number(reading?.amount ?? 0), 0);
      assert.equal(sumOf(model.slotTotals), sumOf(model.seriesTotals));
      assert.equal(Number(model.total?.amount ?? 0), sumOf(model.slotTotals));
      assert.equal(model.total?.whole ?? true, !values.flat().includes(NaN) || model.total === undefined);
    }),
  );
});

test('a tooltip names the series with the most in the slot and the selected one, in the chart’s order', () => {
  const model = createChartModel(
    chart([machine('a', [1]), machine('b', [9]), machine('c', [0]), machine('d', [5]), others([7])]),
  );
  assert.deepEqual(largestAt(model, 0, 2, undefined), [1, 4]);
  assert.deepEqual(largestAt(model, 0, 2, 0), [0, 1, 4]);
  assert.deepEqual(largestAt(model, 0, 9, 2), [0, 1, 2, 3, 4]);
});

test('a selected machine stands out among machines, and nothing does among shapes', () => {
  const a = machine('a', [1]);
  assert.equal(selectedSeries({ series: [others([1]), a] }, a.key), 1);
  assert.equal(selectedSeries({ series: [{ ...a, kind: 'shape' }] }, a.key), undefined);
  assert.equal(selectedSeries({ series: [others([1])] }, ''), undefined);
});
