import assert from 'node:assert/strict';
import test from 'node:test';
import { dayShapes } from '../../../webview/dashboard/overview/dayShapes';

const shapes = (...values: number[]): ReturnType<typeof dayShapes> =>
  dayShapes({ values: Float64Array.from(values), begun: values.length, openFrom: values.length }, 20);

test('the highest day takes all the room, and an unknown one is a gap', () => {
  assert.deepEqual(shapes(5, NaN, 10), {
    base: 20,
    days: [
      { slot: 0, top: 10, height: 10 },
      { slot: 2, top: 0, height: 20 },
    ],
  });
});

test('a credit hangs below the line', () => {
  assert.deepEqual(shapes(15, -5), {
    base: 15,
    days: [
      { slot: 0, top: 0, height: 15 },
      { slot: 1, top: 16, height: 5 },
    ],
  });
});

test('days without usage are on the line, and days to come are not drawn', () => {
  assert.deepEqual(shapes(0, 0).days, [
    { slot: 0, top: 20, height: 0 },
    { slot: 1, top: 20, height: 0 },
  ]);
  assert.equal(dayShapes({ values: Float64Array.of(1, 2), begun: 1, openFrom: 0 }, 20).days.length, 1);
});
