import { type Metafile, build } from 'esbuild';

/** Bundles the script of the background thread into a file. */
export async function bundleWorker(outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    metafile: true,
    entryPoints: ['src/worker/main.ts'],
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    outfile,
  });
  return metafile;
}
