import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { freeSpot } from '../../../webview/dashboard/parts/tooltipSpot';

const PAGE = { width: 412, height: 800 };
const COLUMN = { left: 60, top: 8, width: 12, height: 240 };
const frameAt = (top: number): { left: number; top: number; bottom: number } => ({
  left: 13,
  top,
  bottom: top + 270,
});

test('a tooltip stands beside what is pointed at, on the side that has room', () => {
  const narrow = { width: 220, height: 200 };
  assert.deepEqual(freeSpot(narrow, PAGE, frameAt(300), COLUMN), { x: 93, y: 308 });
  const right = { ...COLUMN, left: 300 };
  assert.deepEqual(freeSpot(narrow, PAGE, frameAt(300), right), { x: 85, y: 308 });
});

test('one that is too wide stands below the plot, else above it, else nowhere', () => {
  const wide = { width: 380, height: 210 };
  assert.deepEqual(freeSpot(wide, PAGE, frameAt(300), COLUMN), { x: 24, y: 578 });
  assert.deepEqual(freeSpot(wide, PAGE, frameAt(400), COLUMN), { x: 24, y: 182 });
  assert.equal(freeSpot({ ...wide, height: 320 }, PAGE, frameAt(290), COLUMN), undefined);
});

test('wherever it stands, it is whole, and not on the column that is pointed at', () => {
  const pixels = (max: number): fc.Arbitrary<number> => fc.integer({ min: 10, max });
  fc.assert(
    fc.property(pixels(600), pixels(600), pixels(600), pixels(380), (width, height, top, left) => {
      const frame = frameAt(top);
      const column = { ...COLUMN, left };
      const spot = freeSpot({ width, height }, PAGE, frame, column);
      if (spot) {
        assert.ok(spot.x >= 0 && spot.x + width <= PAGE.width, 'not cut at a side');
        assert.ok(spot.y >= 0 && spot.y + height <= PAGE.height, 'not cut above or below');
        const start = frame.left + left;
        const beside = spot.x >= start + column.width || spot.x + width <= start;
        assert.ok(beside || spot.y >= frame.bottom || spot.y + height <= frame.top);
      }
    }),
  );
});
