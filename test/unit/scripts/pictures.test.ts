import assert from 'node:assert/strict';
import test from 'node:test';
import { fewerColours } from '../../../scripts/fewerColours';

test('a colour near a more frequent one becomes that one, and no other moves', () => {
  const often = [31, 31, 31, 31, 31, 31];
  assert.deepEqual(
    [...fewerColours(Uint8Array.from([34, 34, 34, ...often, 250, 0, 0, 31, 43, 31]), 12)],
    [31, 31, 31, ...often, 250, 0, 0, 31, 43, 31],
  );
});

test('no colour goes over others to one that is farther away', () => {
  const greys = Array.from({ length: 64 }, (_, step) =>
    Array.from({ length: 3 * (64 - step) }, () => 4 * step),
  );
  const before = Uint8Array.from(greys.flat());
  const after = fewerColours(before, 12);
  assert.ok(new Set(after).size < 64);
  before.forEach((value, at) => {
    assert.ok(Math.abs(value - (after[at] ?? NaN)) < 12 / Math.sqrt(3));
  });
});
