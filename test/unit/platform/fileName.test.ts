import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { safeFileName } from '../../../src/platform/fileName';
import { assertLinear } from '../../support/linear';

test('a plain name stays, and one in another script does', () => {
  for (const name of ['usage-prod-2026-11-01-to-2026-11-20.csv', 'usage-Übung.json', 'usage-東京.png']) {
    assert.equal(safeFileName(name), name);
  }
});

test('what a file system refuses becomes a hyphen', () => {
  assert.equal(safeFileName('usage-../../etc: <prod>|"a\\b"?*-1.csv'), 'usage-..-..-etc-prod-a-b-1.csv');
  assert.equal(safeFileName('usage-a\u0000\n\u202e\ud800b.csv'), 'usage-a-b.csv');
  assert.equal(safeFileName('..usage. '), 'usage');
  assert.equal(safeFileName('-.-usage.-a.--.'), 'usage.-a');
  assert.equal(safeFileName('.-.'), '');
});

test('a long name keeps its dates and its ending', () => {
  const name = safeFileName(`usage-${'🚀'.repeat(200)}-2026-11-01-to-2026-11-20.csv`);
  assert.match(name, /^usage-🚀{5,}-2026-11-01-to-2026-11-20\.csv$/u);
  assert.ok(Buffer.byteLength(name) <= 140);
});

test('whatever an account is called, the name can be written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (label) => {
      const name = safeFileName(`usage-${label}.csv`);
      assert.doesNotMatch(name, /[\s\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|]/u);
      assert.match(name, /^usage.*\.csv$/u);
      assert.ok(Buffer.byteLength(name) <= 140);
    }),
  );
});

test('the time that it takes grows with a name made to take long, and not faster', () => {
  assertLinear('dots', (length) => {
    safeFileName(`usage-${'.'.repeat(length)}x`);
  });
});
