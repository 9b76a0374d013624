import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createFormats } from '../../../src/usage/format';
import { createTickFormat, niceScale } from '../../../webview/dashboard/chart/scale';

const formats = createFormats('en');
function ticks(highest: number, lowest = 0): string[] {
  const { min, max, step } = niceScale(highest, lowest);
  const tick = createTickFormat('en', (value) => formats.number(value), step);
  return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => tick(min + index * step));
}

test('an axis ends just above the highest day, in round steps from zero', () => {
  assert.deepEqual(ticks(82.1), ['0', '20', '40', '60', '80', '100']);
  assert.deepEqual(ticks(0.3), ['0', '0.05', '0.1', '0.15', '0.2', '0.25', '0.3']);
  assert.deepEqual(ticks(24), ['0', '5', '10', '15', '20', '25']);
});

test('a month without usage has an axis from 0 to 1', () => {
  assert.deepEqual(ticks(0), ['0', '1']);
  assert.deepEqual(niceScale(NaN), { min: 0, max: 1, step: 1 });
});

test('hours of four hundredths of a cent have an axis that fits them', () => {
  assert.deepEqual(ticks(0.0004), ['0', '0.0001', '0.0002', '0.0003', '0.0004']);
  assert.deepEqual(niceScale(0.0004), { min: 0, max: 0.0004, step: 0.0001 });
});

test('what is below zero has its part of the axis, and zero is on it', () => {
  assert.deepEqual(ticks(300, -50), ['−100', '0', '100', '200', '300']);
  assert.deepEqual(ticks(0, -2.5), ['−2.5', '−2', '−1.5', '−1', '−0.5', '0']);
  assert.deepEqual(niceScale(0, -2.5), { min: -2.5, max: 0, step: 0.5 });
});

test('millions are shortened, so that they leave room for the bars', () => {
  assert.deepEqual(ticks(2_400_000_000), ['0', '500M', '1B', '1.5B', '2B', '2.5B']);
});

test('every axis holds what is drawn in at most six steps, all with texts of their own', () => {
  const height = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e15, noNaN: true }));
  fc.assert(
    fc.property(height, height, (highest, depth) => {
      const { min, max, step } = niceScale(highest, -depth);
      assert.ok(max >= highest - step * 1e-8, `${max} is below ${highest}`);
      assert.ok(min <= -depth + step * 1e-8, `${min} is above ${-depth}`);
      assert.ok((max - min) / step <= 6 + 1e-9);
      const texts = ticks(highest, -depth);
      assert.equal(new Set(texts).size, texts.length, texts.join(' '));
    }),
  );
});
