import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT, SUITE } from './checkout';

const SOURCE = path.join(CHECKOUT, 'test', 'integration');
const OUT = path.dirname(SUITE);

/** Compiles the integration suite afresh and returns {@link SUITE}. */
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
  return SUITE;
}

if (require.main === module) {
  buildIntegrationSuite().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
