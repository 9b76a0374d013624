import * as esbuild from 'esbuild';

/** The script that runs in the background thread, bundled into one text: only dist/extension.js ships. */
export async function workerCode(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['src/worker/main.ts'],
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    write: false,
  });
  const [script] = outputFiles;
  if (script === undefined) {
    throw new Error('esbuild wrote no worker');
  }
  return script.text;
}

/** Puts that text in the place of the module `worker:code`. */
export const workerCodePlugin: esbuild.Plugin = {
  name: 'worker-code',
  setup(bundle) {
    bundle.onResolve({ filter: /^worker:code$/ }, ({ path }) => ({ path, namespace: 'worker' }));
    bundle.onLoad({ filter: /.*/, namespace: 'worker' }, async () => ({
      contents: `export const workerCode = ${JSON.stringify(await workerCode())};`,
    }));
  },
};
