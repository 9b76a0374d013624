import assert from 'node:assert/strict';
import test from 'node:test';
import { fuzz } from '../../fuzz/meaning';

/* A short part of `npm run test:fuzz`. */

test('a reply that was altered in what it means shows no wrong figure as good', async () => {
  const { counts, wrong } = await fuzz(1, 300);
  assert.deepEqual(wrong, []);
  const outcomes = Object.keys(counts).map((name) => name.split(' ')[2]);
  assert.ok(['right', 'refused', 'gap', 'finding'].every((outcome) => outcomes.includes(outcome)));
});
