import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from './checkout';

const OUT = path.join(CHECKOUT, 'out');

/** Bundles each unit test file into `out/`, so that its process starts at once. */
async function main(): Promise<void> {
  rmSync(path.join(OUT, 'unit'), { recursive: true, force: true });
  await build({
    absWorkingDir: CHECKOUT,
    entryPoints: globSync('test/unit/**/*.test.ts', { cwd: CHECKOUT }),
    outbase: 'test',
    outdir: OUT,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
