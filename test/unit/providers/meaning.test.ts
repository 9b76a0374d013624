import assert from 'node:assert/strict';
import test from 'node:test';
import { fuzz } from '../../fuzz/meaning';
import { fuzzShown } from '../../fuzz/shown';
import { runs } from '../../support/runs';

/* A short part of `npm run test:fuzz`. */

test('a reply that was altered in what it means shows no wrong figure as good', async () => {
  const { counts, wrong } = await fuzz(1, runs(300));
  assert.deepEqual(wrong, []);
  const outcomes = Object.keys(counts).map((name) => name.split(' ')[2]);
  assert.ok(['right', 'refused', 'gap', 'finding'].every((outcome) => outcomes.includes(outcome)));
});

test('whichever reply of a refresh was altered, the sidebar shows no wrong figure as good, then and later', async () => {
  const { counts, wrong } = await fuzzShown(1, 20);
  assert.deepEqual(wrong, []);
  const names = Object.keys(counts);
  assert.ok(!names.some((name) => /as it was (marked|wrong)$/.test(name)), 'what was not altered is right');
  for (const expected of [/ altered right$/, / altered marked$/, / an hour later right$/]) {
    assert.ok(
      names.some((name) => expected.test(name)),
      String(expected),
    );
  }
});
