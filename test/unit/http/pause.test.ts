import assert from 'node:assert/strict';
import test from 'node:test';
import { pause } from '../../../src/http/pause';
import { failureOf } from './helpers';

test('a pause takes its time, and ends at once for who leaves', async () => {
  const started = performance.now();
  await pause(20, undefined);
  await pause(20, new AbortController().signal);
  assert.ok(performance.now() - started >= 38);
  const leaving = new AbortController();
  const work = failureOf(pause(60_000, leaving.signal));
  leaving.abort();
  assert.deepEqual(await work, { kind: 'cancelled' });
});
