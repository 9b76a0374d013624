import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { activationOf } from '../../../scripts/activation';
import { HOST } from '../../../scripts/bundles';
import { CHECKOUT } from '../../../scripts/checkout';

test('a start of VS Code loads these files, and no other', async () => {
  const { metafile } = await build({ ...HOST, absWorkingDir: CHECKOUT, write: false, metafile: true });
  assert.deepEqual(activationOf([metafile]).modules, [
    'src/contributions.ts',
    'src/extension.ts',
    'src/platform/l10n.ts',
    'src/usage/once.ts',
    'src/usage/time.ts',
    'src/views/statusBar/statusItem.ts',
    'src/views/statusBar/statusMemory.ts',
    'src/views/tree/lateTree.ts',
  ]);
});
