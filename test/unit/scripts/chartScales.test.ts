import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { BUNDLES } from '../../../scripts/bundles';
import { withoutReads } from '../../../scripts/chartScales';
import { CHECKOUT } from '../../../scripts/checkout';

test('the page ships with the parts of Chart.js that it uses, and no other', async () => {
  const page = BUNDLES.find(({ format }) => format === 'iife');
  const options = { ...page, absWorkingDir: CHECKOUT, write: false, metafile: false } as const;
  const { outputFiles } = await build(options);
  const script = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const ids = new Set([...script.matchAll(/\bstatic id = "(\w+)"/g)].map(([, id]) => id));
  assert.deepEqual([...ids].sort(), ['bar', 'line', 'linear', 'point']);
});

test('another version of Chart.js is looked at first', () => {
  assert.throws(() => withoutReads('static defaults = TimeScale.defaults;'), /read 1 properties/);
});
