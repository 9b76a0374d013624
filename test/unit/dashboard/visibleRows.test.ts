import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { drawnRows, LINE, scrollToRow } from '../../../webview/dashboard/table/visibleRows';

const HEIGHT = 420;

test('however far it is scrolled, every row in sight is drawn, and never more than a few', () => {
  fc.assert(
    fc.property(fc.nat(500_000), fc.double({ min: 0, max: 2e7, noNaN: true }), (count, scroll) => {
      const { from, to } = drawnRows(count, scroll, HEIGHT);
      const there = Math.min(scroll, Math.max(0, count * LINE - HEIGHT));
      for (let y = there; y < Math.min(there + HEIGHT, count * LINE); y += LINE / 2) {
        assert.ok(Math.floor(y / LINE) >= from && Math.floor(y / LINE) < to);
      }
      assert.ok(from >= 0 && to <= count && to - from <= 50);
    }),
  );
});

test('a row is brought wholly into sight by the shortest way', () => {
  assert.equal(scrollToRow(3, 0, HEIGHT), 0, 'it is there already');
  assert.equal(scrollToRow(3, 400, HEIGHT), 3 * LINE, 'to the top');
  assert.equal(scrollToRow(100, 400, HEIGHT), 101 * LINE - HEIGHT, 'to the bottom');
});
