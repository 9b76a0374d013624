import { stat, writeFile } from 'node:fs/promises';
import { build, type Metafile } from 'esbuild';
import { BUNDLES } from './bundles';
import { CHECKOUT, NOTICES } from './checkout';
import { checkLicences, noticesOf, thirdPartiesIn, type ThirdParty } from './thirdParty';

/** Maximum sizes of what ships, in bytes, minified. */
const LIMITS: Readonly<Record<string, number>> = {
  'dist/extension.js': 384 * 1024,
  'dist/worker.js': 64 * 1024,
  'dist/dashboard.js': 300 * 1024,
};

/**
 * Bundles what ships into dist/, and writes the third-party notices for it. Fails when a bundle is too large or contains
 * what must not ship. Returns the third-party packages in the bundles.
 */
export async function buildProduct(): Promise<readonly ThirdParty[]> {
  const small = { minify: true, metafile: true, legalComments: 'none' } as const;
  const results = await Promise.all(BUNDLES.map((bundle) => build({ ...bundle, ...small })));
  const metafiles = results.map(({ metafile }) => metafile);
  metafiles.forEach(refuseUndici);
  for (const [file, limit] of Object.entries(LIMITS)) {
    const { size } = await stat(file);
    console.log(`${file}: ${size.toLocaleString('en')} bytes of ${limit.toLocaleString('en')}`);
    if (size > limit) {
      throw new Error(`${file} is larger than ${limit} bytes`);
    }
  }
  const packages = thirdPartiesIn(metafiles, CHECKOUT);
  checkLicences(packages);
  await writeFile(NOTICES, noticesOf(packages));
  return packages;
}

/** A bundled undici would bypass the proxy settings and leave its mark on every other extension's fetch. */
function refuseUndici({ inputs }: Metafile): void {
  const found = Object.keys(inputs).find((path) => /(^|\/)undici\//.test(path));
  if (found !== undefined) {
    throw new Error(`undici must not ship, but ${found} is in a bundle`);
  }
}

if (require.main === module) {
  buildProduct().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
