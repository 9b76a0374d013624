import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { boxOf, cellAt, dutyLayout, labelStep } from '../../../webview/dashboard/duty/dutyLayout';

const ROOM = { hour: 30, day: 62, line: 15 };

const pages = fc.record({
  width: fc.integer({ min: 320, max: 1600 }),
  days: fc.integer({ min: 1, max: 62 }),
});

test('the cell under a point inside a cell is that cell', () => {
  fc.assert(
    fc.property(pages, fc.nat(), ({ width, days }, any) => {
      const layout = dutyLayout(width, days, ROOM);
      const cell = any % (days * 24);
      const { left, top, width: wide, height } = boxOf(layout, cell);
      assert.equal(cellAt(layout, left + wide / 2, top + height / 2), cell);
    }),
  );
});

test('cells lie on the canvas, are large enough to be told apart, and do not touch', () => {
  fc.assert(
    fc.property(pages, ({ width, days }) => {
      const layout = dutyLayout(width, days, ROOM);
      const taken = new Set<string>();
      for (let cell = 0; cell < days * 24; cell += 1) {
        const box = boxOf(layout, cell);
        assert.ok(box.width >= 7 && box.height >= 12, JSON.stringify(box));
        assert.ok(box.left >= 0 && box.left + box.width <= layout.width);
        assert.ok(box.top >= 0 && box.top + box.height <= layout.height);
        taken.add(`${box.left} ${box.top}`);
      }
      assert.equal(taken.size, days * 24);
    }),
  );
});

test('points beside the cells are in none', () => {
  const layout = dutyLayout(900, 30, ROOM);
  const { left, top, width, height } = layout.grid;
  assert.equal(cellAt(layout, left - 1, top + 5), undefined);
  assert.equal(cellAt(layout, left + width + 1, top + 5), undefined);
  assert.equal(cellAt(layout, left + 5, top + height + 1), undefined);
});

test('a month goes across, two months go down a narrow page, and a week goes down a wide one', () => {
  assert.equal(dutyLayout(1500, 31, ROOM).daysAcross, true);
  assert.equal(dutyLayout(340, 31, ROOM).daysAcross, true);
  assert.equal(dutyLayout(340, 61, ROOM).daysAcross, false);
  assert.equal(dutyLayout(1500, 7, ROOM).daysAcross, false);
  assert.equal(dutyLayout(340, 7, ROOM).daysAcross, true);
});

test('labels stand as close as they have room', () => {
  assert.equal(labelStep(50, 30), 1);
  assert.equal(labelStep(13, 30), 3);
  assert.equal(labelStep(1, 30), 24);
});
