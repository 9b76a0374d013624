import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { columnOf, nearestSlot, seenColumn, slotAt } from '../../../webview/dashboard/chart/place';

const PLOT = { left: 50, top: 8, width: 600, height: 200, slots: 30 };

test('slots stand side by side', () => {
  assert.deepEqual(columnOf(PLOT, 0), { left: 50, width: 20, top: 8, height: 200 });
  assert.deepEqual(columnOf(PLOT, 2, 4), { left: 90, width: 60, top: 8, height: 200 });
});

test('an hour of a month is narrower than a pixel, but its band can be seen', () => {
  const hour = columnOf({ ...PLOT, slots: 744 }, 100);
  const seen = seenColumn(hour);
  assert.equal(seen.width, 3);
  assert.ok(Math.abs(seen.left + seen.width / 2 - (hour.left + hour.width / 2)) < 1e-9);
  assert.deepEqual(seenColumn(columnOf(PLOT, 3)), columnOf(PLOT, 3));
});

test('there is no slot beside the plot, nor where none has begun', () => {
  assert.equal(slotAt(PLOT, 20, 49.9), undefined);
  assert.equal(slotAt(PLOT, 20, 50), 0);
  assert.equal(slotAt(PLOT, 20, 449.9), 19);
  assert.equal(slotAt(PLOT, 20, 450), undefined);
  assert.equal(slotAt(PLOT, 30, 650), undefined);
});

test('dragging out of the plot marks up to its first or last slot that has begun', () => {
  assert.equal(nearestSlot(PLOT, 20, -1000), 0);
  assert.equal(nearestSlot(PLOT, 20, 620), 19);
});

test('the slot at any place is the one whose column holds it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (slots, share) => {
        const plot = { ...PLOT, slots };
        const x = plot.left + share * plot.width;
        const slot = slotAt(plot, slots, x);
        assert.ok(slot !== undefined);
        const { left, width } = columnOf(plot, slot);
        assert.ok(left <= x + 1e-6 && x <= left + width + 1e-6);
        assert.equal(nearestSlot(plot, slots, x), slot);
      },
    ),
  );
});
