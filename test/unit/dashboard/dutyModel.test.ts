import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { DutyMap } from '../../../src/protocol/chart';
import { DAY, HOUR } from '../../../src/usage/time';
import { createDutyModel, dutyOf, HOURS_OF_DAY, walk } from '../../../webview/dashboard/duty/dutyModel';
import { NOVEMBER } from './charts';
import { dutyMap } from './duty';

test('the duty of a group is what was used of what was there, not a mean of ratios', () => {
  const map = dutyMap(1, { 0: [60, 60, 60], 1: [3600, 0, 3600] });
  assert.equal(dutyOf(map, [0, 1]), 60 / 3660);
});

test('taken apart into groups and put together again, the sums stay the same', () => {
  const cells = fc.array(
    fc.record({ used: fc.integer({ min: 0, max: 1e9 }), capacity: fc.integer({ min: 1, max: 1e9 }) }),
    { minLength: 2, maxLength: 24 },
  );
  fc.assert(
    fc.property(cells, fc.nat(), (all, cut) => {
      const map: DutyMap = {
        ...dutyMap(1),
        used: Float64Array.from(all, ({ used }) => used),
        capacity: Float64Array.from(all, ({ capacity }) => capacity),
      };
      const indexes = all.map((_, index) => index);
      const at = 1 + (cut % (all.length - 1));
      const [one, two] = [indexes.slice(0, at), indexes.slice(at)];
      const weight = (group: readonly number[]): number =>
        group.reduce((sum, index) => sum + (map.capacity[index] ?? 0), 0);
      const both = (dutyOf(map, one) ?? 0) * weight(one) + (dutyOf(map, two) ?? 0) * weight(two);
      const whole = dutyOf(map, indexes) ?? 0;
      assert.ok(Math.abs(whole - both / weight(indexes)) <= 1e-9 * Math.max(1, whole));
    }),
  );
});

test('the scale ends at a round percentage above the busiest hour, and never so low that little looks like much', () => {
  const endFor = (...percents: number[]): number =>
    Math.round(
      createDutyModel(
        dutyMap(1, Object.fromEntries(percents.map((own, hour) => [hour, [60, own, 100] as const]))),
        NOVEMBER + DAY,
      ).scaleEnd * 100,
    );
  assert.deepEqual(
    [endFor(3, 38), endFor(17), endFor(88, 2), endFor(100), endFor(140), endFor(0.2), endFor()],
    [40, 20, 100, 100, 150, 5, 5],
  );
});

test('a cell is awake, asleep, unknown or still to come', () => {
  const map = dutyMap(1, {
    0: [3600, 1800, 3600],
    1: [0, 0, 0],
    2: [NaN, 0, 0],
    3: [600, 10, 0],
    4: [600, NaN, 600],
  });
  const { states, last } = createDutyModel(map, NOVEMBER + 5 * HOUR);
  assert.deepEqual(states.slice(0, 7), [
    'awake',
    'asleep',
    'unknown',
    'unknown',
    'unknown',
    'toCome',
    'toCome',
  ]);
  assert.equal(last, 4);
});

test('what is already known of a later hour is shown', () => {
  const { states, last } = createDutyModel(dutyMap(1, { 7: [60, 1, 60] }), NOVEMBER + 5 * HOUR);
  assert.equal(states[7], 'awake');
  assert.equal(last, 7);
});

test('hours asleep and unknown hours are in no average; the busiest hour of day is that of all days together', () => {
  const map = dutyMap(2, {
    3: [100, 90, 100],
    27: [900, 0, 900],
    4: [100, 40, 100],
    28: [100, 60, 100],
    5: [0, 0, 0],
    29: [NaN, 0, 0],
  });
  const { average, busiest } = createDutyModel(map, NOVEMBER + 2 * DAY);
  assert.equal(average, 190 / 1200);
  assert.deepEqual(busiest, { hour: 4, duty: 0.5 });
});

test('where nothing was awake there is no average, not one of zero', () => {
  const { average, busiest } = createDutyModel(dutyMap(1, { 0: [0, 0, 0] }), NOVEMBER + DAY);
  assert.equal(average, undefined);
  assert.equal(busiest, undefined);
});

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];

test('no key leads out of the map or to an hour to come', () => {
  const place = fc
    .integer({ min: 0, max: 40 * HOURS_OF_DAY })
    .chain((last) => fc.record({ last: fc.constant(last), cell: fc.integer({ min: 0, max: last }) }));
  fc.assert(
    fc.property(place, fc.constantFrom(...KEYS), fc.boolean(), ({ last, cell }, key, daysAcross) => {
      const next = walk(cell, key, last, daysAcross);
      assert.ok(next !== undefined && next >= 0 && next <= last);
    }),
  );
});

test('arrows go the way they point: across the days, or down them', () => {
  const [at, last] = [2 * HOURS_OF_DAY + 10, 4 * HOURS_OF_DAY];
  const from = (key: string, daysAcross: boolean): number | undefined => walk(at, key, last, daysAcross);
  assert.equal(from('ArrowRight', true), at + 24);
  assert.equal(from('ArrowUp', true), at - 1);
  assert.equal(from('ArrowRight', false), at + 1);
  assert.equal(from('ArrowUp', false), at - 24);
  assert.equal(from('PageDown', true), at + 6);
  assert.equal(from('Home', true), 10);
  assert.equal(from('End', true), 3 * HOURS_OF_DAY + 10);
  assert.equal(from('End', false), 2 * HOURS_OF_DAY + 23);
  assert.equal(from('a', true), undefined);
});
