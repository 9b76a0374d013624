import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Granularity, slotsOf } from '../../../src/usage/range';
import { DAY, HOUR } from '../../../src/usage/time';
import { axisLabels } from '../../../webview/dashboard/chart/axis';
import { ENGLISH, NOVEMBER } from './charts';

/** Each label as `place: lines`. */
function labels(granularity: Granularity, start: number, end: number, width: number): string[] {
  const axis = { starts: slotsOf({ start, end }, granularity), granularity };
  return axisLabels(axis, width, ENGLISH).map(({ x, lines }) => `${x}: ${lines.join('/')}`);
}

test('days of one month are numbers in the middle of their slots', () => {
  assert.deepEqual(labels('day', NOVEMBER, NOVEMBER + 3 * DAY, 600), ['0.5: 1', '1.5: 2', '2.5: 3']);
});

test('where several months are shown, the first day and each change of month name it', () => {
  assert.deepEqual(labels('day', NOVEMBER - 2 * DAY, NOVEMBER + 2 * DAY, 600), [
    '0.5: 30/Oct',
    '1.5: 31',
    '2.5: 1/Nov',
    '3.5: 2',
  ]);
});

test('a narrow page has fewer days', () => {
  const month = labels('day', NOVEMBER, NOVEMBER + 30 * DAY, 320);
  assert.deepEqual(month.slice(0, 3), ['0.5: 1', '2.5: 3', '4.5: 5']);
});

test('a year is shown in months, with the year where it changes', () => {
  const year = labels('day', Date.UTC(2025, 10, 20), Date.UTC(2026, 10, 20), 500);
  assert.deepEqual(year.slice(0, 3), ['11.5: Dec/2025', '42.5: Jan/2026', '73.5: Feb']);
  assert.equal(year.length, 12);
});

test('hours of a day stand at their begin, the midnight with its day', () => {
  assert.deepEqual(labels('hour', NOVEMBER + 22 * HOUR, NOVEMBER + 26 * HOUR, 600), [
    '0: 22:00',
    '1: 23:00',
    '2: 00:00/Mon 2 Nov',
    '3: 01:00',
  ]);
});

test('hours without a midnight have their day below the first one', () => {
  const afternoon = labels('hour', NOVEMBER + 14 * HOUR, NOVEMBER + 16 * HOUR, 600);
  assert.deepEqual(afternoon, ['0: 14:00/Sun 1 Nov', '1: 15:00']);
});

test('a month of hours has its days where they begin', () => {
  const month = labels('hour', NOVEMBER, NOVEMBER + 30 * DAY, 640);
  assert.deepEqual(month.slice(0, 3), ['0: 1', '24: 2', '48: 3']);
});

test('whatever the period, no more labels than fit, in their order and on the axis', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('day', 'hour'),
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: 1, max: 366 }),
      fc.integer({ min: 200, max: 1600 }),
      (granularity, from, count, width) => {
        const start = NOVEMBER + from * DAY;
        const starts = slotsOf({ start, end: start + count * DAY }, granularity);
        const shown = axisLabels({ starts, granularity }, width, ENGLISH);
        assert.ok(shown.length <= Math.ceil(width / 20) + 1, `${shown.length} labels in ${width} px`);
        shown.forEach(({ x }, index) => {
          assert.ok(x >= 0 && x <= starts.length);
          assert.ok(index === 0 || x > (shown[index - 1]?.x ?? NaN));
        });
      },
    ),
  );
});
