import assert from 'node:assert/strict';
import test from 'node:test';
import { untilReset } from '../../../src/http/retry';

const NOW = Date.UTC(2026, 10, 21);

test('a limit begins anew after so many seconds, or at a time in seconds', () => {
  const wait = (value: string): number | undefined =>
    untilReset(new Headers({ 'x-ratelimit-reset': value }), NOW);
  assert.equal(wait('90'), 90_000);
  assert.equal(wait(String(NOW / 1000 + 90)), 90_000);
  assert.equal(wait(String(NOW / 1000 - 90)), 0);
  assert.equal(wait('soon'), undefined);
  assert.equal(untilReset(new Headers(), NOW), undefined);
});
