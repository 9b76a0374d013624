import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from './checkout';

const SOURCE = path.join(CHECKOUT, 'test', 'integration');
const OUT = path.join(CHECKOUT, 'out', 'integration');

/** Compiles the integration suite afresh and returns the module whose `run()` VS Code calls. */
export async function buildIntegrationSuite(): Promise<string> {
  rmSync(OUT, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(SOURCE, 'index.ts'), ...globSync(path.join(SOURCE, '**', '*.test.ts'))],
    outbase: SOURCE,
    outdir: OUT,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: true,
    external: ['vscode', 'mocha'],
  });
  return path.join(OUT, 'index.js');
}
