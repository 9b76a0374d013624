import assert from 'node:assert/strict';
import test from 'node:test';
import { type Place, placeAfterKey, placeNear } from '../../../webview/dashboard/reports/walk';

const at = (row: number, column: number): Place => ({ row, column });

/** A name and a figure in the first two rows, nothing in the third, a figure and a button in the last. */
const PLACES = [at(0, 0), at(0, 2), at(1, 0), at(1, 2), at(3, 2), at(3, 4)];

test('left and right stay within the row', () => {
  assert.deepEqual(placeAfterKey('ArrowRight', at(0, 0), PLACES), at(0, 2));
  assert.deepEqual(placeAfterKey('ArrowLeft', at(3, 4), PLACES), at(3, 2));
  assert.equal(placeAfterKey('ArrowRight', at(0, 2), PLACES), undefined);
  assert.equal(placeAfterKey('ArrowLeft', at(1, 0), PLACES), undefined);
});

test('left and right go to the next place, however many there are in the row', () => {
  const row = [at(0, 0), at(0, 2), at(0, 4), at(0, 6)];
  assert.deepEqual(placeAfterKey('ArrowLeft', at(0, 6), row), at(0, 4));
  assert.deepEqual(placeAfterKey('ArrowLeft', at(0, 4), row), at(0, 2));
  assert.deepEqual(placeAfterKey('ArrowRight', at(0, 0), row), at(0, 2));
  assert.deepEqual(placeAfterKey('ArrowRight', at(0, 2), row), at(0, 4));
});

test('up and down go to the nearest column of the next row that has one', () => {
  assert.deepEqual(placeAfterKey('ArrowDown', at(0, 2), PLACES), at(1, 2));
  assert.deepEqual(placeAfterKey('ArrowDown', at(1, 0), PLACES), at(3, 2));
  assert.deepEqual(placeAfterKey('ArrowUp', at(3, 4), PLACES), at(1, 2));
  assert.equal(placeAfterKey('ArrowUp', at(0, 0), PLACES), undefined);
  assert.equal(placeAfterKey('ArrowDown', at(3, 4), PLACES), undefined);
});

test('Home and End go to the first and the last row', () => {
  assert.deepEqual(placeAfterKey('Home', at(3, 2), PLACES), at(0, 2));
  assert.deepEqual(placeAfterKey('End', at(0, 2), PLACES), at(3, 2));
});

test('other keys go nowhere', () => {
  assert.equal(placeAfterKey('Enter', at(0, 0), PLACES), undefined);
});

test('what is gone is followed by what has come in its place, else by the last before it', () => {
  assert.deepEqual(placeNear(at(1, 0), PLACES), at(1, 0));
  assert.deepEqual(placeNear(at(2, 0), PLACES), at(1, 0));
  assert.deepEqual(placeNear(at(9, 4), PLACES), at(3, 4));
  assert.deepEqual(placeNear(at(0, 0), [at(2, 1)]), at(2, 1));
  assert.equal(placeNear<Place>(at(0, 0), []), undefined);
});
