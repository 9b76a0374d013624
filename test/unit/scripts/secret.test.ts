import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { randomSecret, writePrivate } from '../../../scripts/vscode/secret';

test('a secret is another one each time, long, and needs no escaping in an address', () => {
  const secrets = Array.from({ length: 100 }, randomSecret);
  assert.equal(new Set(secrets).size, 100);
  for (const secret of secrets) assert.match(secret, /^[\w-]{43}$/);
});

test('a private file is for its owner alone, also in place of one that is not', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-secret-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'token');
  writeFileSync(file, 'before', { mode: 0o644 });
  writePrivate(file, 'now');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readFileSync(file, 'utf8'), 'now');
});
