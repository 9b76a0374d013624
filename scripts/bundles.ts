import type { BuildOptions } from 'esbuild';
import { UNUSED_SCALES } from './chartScales';

const COMMON = { bundle: true, logLevel: 'warning' } as const;
const ON_NODE = { ...COMMON, platform: 'node', target: 'node22' } as const;

/** Where the parts of the extension are that are not loaded at once. */
export const HOST_PARTS = 'dist/host';

/** What VS Code loads: an entry, and a file for each part that is loaded when it is first needed. */
export const HOST = {
  ...ON_NODE,
  format: 'esm',
  splitting: true,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'host/[name]-[hash]',
  external: ['vscode'],
} as const satisfies BuildOptions;

/** The background thread. */
export const WORKER: BuildOptions = {
  ...ON_NODE,
  format: 'cjs',
  entryPoints: ['src/worker/main.ts'],
  outfile: 'dist/worker.js',
};

/** What ships in `dist/`, before minification. */
export const BUNDLES: readonly BuildOptions[] = [
  HOST,
  {
    ...COMMON,
    entryPoints: [
      { in: 'webview/dashboard/main.ts', out: 'dashboard' },
      { in: 'webview/dashboard/dashboard.css', out: 'dashboard' },
    ],
    outdir: 'dist',
    platform: 'browser',
    target: 'chrome134',
    format: 'iife',
    plugins: [UNUSED_SCALES],
  },
  WORKER,
];
