import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createFormats } from '../../../src/usage/format';
import { createTickFormat, niceScale } from '../../../webview/dashboard/chart/scale';

const formats = createFormats('en');
const tick = createTickFormat('en', (value) => formats.number(value));

function ticks(highest: number): string[] {
  const { max, step } = niceScale(highest);
  return Array.from({ length: Math.round(max / step) + 1 }, (_, index) => tick(index * step));
}

test('an axis ends just above the highest day, in round steps from zero', () => {
  assert.deepEqual(ticks(82.1), ['0', '20', '40', '60', '80', '100']);
  assert.deepEqual(ticks(0.3), ['0', '0.05', '0.1', '0.15', '0.2', '0.25', '0.3']);
  assert.deepEqual(ticks(24), ['0', '5', '10', '15', '20', '25']);
});

test('a month without usage has an axis from 0 to 1', () => {
  assert.deepEqual(ticks(0), ['0', '1']);
  assert.deepEqual(niceScale(NaN), { max: 1, step: 1 });
});

test('a few seconds of usage do not give two ticks the same text', () => {
  assert.deepEqual(ticks(0.0003), ['0', '0.01']);
});

test('millions are shortened, so that they leave room for the bars', () => {
  assert.deepEqual(ticks(2_400_000_000), ['0', '500M', '1B', '1.5B', '2B', '2.5B']);
});

test('every axis holds its highest value in at most six steps, all with texts of their own', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (highest) => {
      const { max, step } = niceScale(highest);
      assert.ok(max >= highest * (1 - 1e-9), `${max} is below ${highest}`);
      assert.ok(max / step <= 6 + 1e-9);
      const texts = ticks(highest);
      assert.equal(new Set(texts).size, texts.length, texts.join(' '));
    }),
  );
});
