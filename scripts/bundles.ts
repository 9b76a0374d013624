import type { BuildOptions } from 'esbuild';

const COMMON = { bundle: true, logLevel: 'warning' } as const;
const ON_NODE = { ...COMMON, platform: 'node', target: 'node22', format: 'cjs' } as const;

/** The background thread. */
export const WORKER: BuildOptions = {
  ...ON_NODE,
  entryPoints: ['src/worker/main.ts'],
  outfile: 'dist/worker.js',
};

/** What ships in `dist/`, before minification. */
export const BUNDLES: readonly BuildOptions[] = [
  { ...ON_NODE, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
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
  },
  WORKER,
];
