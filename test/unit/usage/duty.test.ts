import assert from 'node:assert/strict';
import test from 'node:test';
import { shownDuty } from '../../../src/usage/duty';
import { createFormats } from '../../../src/usage/format';

test('a duty is rounded down: only all is 100 %, and what is below 5 % is not shown as 5 %', () => {
  const formats = createFormats('en-US');
  const shown = [0.996, 1, 0.0496, 0.05, 0.29, 0.004, 0].map((duty) => formats.percent(shownDuty(duty)));
  assert.deepEqual(shown, ['99%', '100%', '4%', '5%', '29%', '<1%', '0%']);
});
