import assert from 'node:assert/strict';
import test from 'node:test';
import { redact } from '../../../src/http/redact';

test('each secret is taken out wherever it stands, and an empty one takes nothing out', () => {
  assert.equal(redact('abc, key, abc', ['abc', 'key']), '•••, •••, •••');
  assert.equal(redact('no key was sent', ['']), 'no key was sent');
  assert.equal(redact('abc', []), 'abc');
});
