import assert from 'node:assert/strict';
import test from 'node:test';
import type { Chart } from '../../../src/protocol/chart';
import { createChartModel } from '../../../webview/dashboard/chart/chartModel';
import { unknownRuns } from '../../../webview/dashboard/chart/gaps';
import { chart, machine } from './charts';

function runs(first: readonly number[], second: readonly number[], parts: Partial<Chart> = {}): unknown[] {
  const drawn = chart([machine('a', first), machine('b', second)], parts);
  return unknownRuns(drawn, createChartModel(drawn)).map(({ kind, first, last }) => [kind, first, last]);
}

test('unknown slots in a row have one mark', () => {
  assert.deepEqual(runs([1, NaN, NaN, 4, NaN], [1, NaN, NaN, 4, NaN]), [
    ['gap', 1, 2],
    ['gap', 4, 4],
  ]);
});

test('slots that are known in part are marked as such', () => {
  assert.deepEqual(runs([1, NaN, NaN, NaN], [1, 1, 1, NaN]), [
    ['part', 1, 2],
    ['gap', 3, 3],
  ]);
});

test('zero is known', () => {
  assert.deepEqual(runs([0, 0], [0, 0]), []);
});

test('an open slot is marked only when nothing is known of it', () => {
  assert.deepEqual(runs([1, NaN, NaN], [1, 1, NaN], { openFrom: 1 }), [['gap', 2, 2]]);
});
