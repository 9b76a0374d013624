import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { getL10nJson } from '@vscode/l10n-dev';

const root = join(__dirname, '..', '..');

test('the texts that translators get are the texts of the code; `npm run l10n` brings them up to date', async () => {
  const files = globSync('src/**/*.ts', { cwd: root }).map((file) => ({
    extension: '.ts' as const,
    contents: readFileSync(join(root, file), 'utf8'),
  }));
  const inCode = Object.keys(await getL10nJson(files)).sort();
  const shipped = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.json'), 'utf8')) as object;
  assert.deepEqual(Object.keys(shipped).sort(), inCode);
});
