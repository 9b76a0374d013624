import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { HOUR } from '../../../src/usage/time';
import { marked, periodOf, slotAfterKey } from '../../../webview/dashboard/chart/walk';
import { chart, machine, NOVEMBER } from './charts';

const DAYS = { begun: 20, granularity: 'day' } as const;
const HOURS = { begun: 480, granularity: 'hour' } as const;

test('arrow keys begin at the end that they come from, and stop at the other one', () => {
  assert.equal(slotAfterKey('ArrowRight', undefined, DAYS), 0);
  assert.equal(slotAfterKey('ArrowLeft', undefined, DAYS), 19);
  assert.equal(slotAfterKey('ArrowRight', 4, DAYS), 5);
  assert.equal(slotAfterKey('ArrowRight', 19, DAYS), 19);
  assert.equal(slotAfterKey('ArrowLeft', 0, DAYS), 0);
});

test('a page is a day of hours or a week of days', () => {
  assert.equal(slotAfterKey('PageDown', 3, HOURS), 27);
  assert.equal(slotAfterKey('PageUp', 30, HOURS), 6);
  assert.equal(slotAfterKey('PageDown', 3, DAYS), 10);
  assert.equal(slotAfterKey('PageUp', 3, DAYS), 0);
});

test('Home and End lead to the first slot and to the last one that has begun', () => {
  assert.equal(slotAfterKey('Home', 7, DAYS), 0);
  assert.equal(slotAfterKey('End', 7, DAYS), 19);
});

test('other keys, and any key while no slot has begun, lead nowhere', () => {
  assert.equal(slotAfterKey('a', 3, DAYS), undefined);
  assert.equal(slotAfterKey('End', undefined, { ...DAYS, begun: 0 }), undefined);
});

test('no key leads out of the chart', () => {
  const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(keys), (begun, pressed) => {
      let slot: number | undefined;
      for (const key of pressed) {
        slot = slotAfterKey(key, slot, { begun, granularity: 'hour' });
        assert.ok(slot !== undefined && slot >= 0 && slot < begun);
      }
    }),
  );
});

test('what is marked is the same in both directions, and zooms to whole slots', () => {
  assert.deepEqual(marked(5, 2), { first: 2, last: 5 });
  const hours = chart([machine('a', [1, 2, 3, 4, 5, 6])], { granularity: 'hour' });
  assert.deepEqual(periodOf(hours, marked(5, 2)), { start: NOVEMBER + 2 * HOUR, end: NOVEMBER + 6 * HOUR });
});
