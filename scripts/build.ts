import { rm, stat, writeFile } from 'node:fs/promises';
import { build, type Metafile } from 'esbuild';
import { activationOf } from './activation';
import { BUNDLES, HOST_PARTS } from './bundles';
import { CHECKOUT, NOTICES } from './checkout';
import { checkLicences, noticesOf, thirdPartiesIn, type ThirdParty } from './thirdParty';

/** Maximum sizes of what ships, in bytes, minified. */
const LIMITS: Readonly<Record<string, number>> = {
  'dist/worker.js': 64 * 1024,
  'dist/dashboard.js': 256 * 1024,
};

/** Maximum of what VS Code loads when it starts the extension, in bytes, minified. */
const ACTIVATION_LIMIT = 16 * 1024;

/**
 * Bundles what ships into dist/, and writes the third-party notices for it. Fails when a bundle is too large or contains
 * what must not ship. Returns the third-party packages in the bundles.
 */
export async function buildProduct(): Promise<readonly ThirdParty[]> {
  const small = { minify: true, metafile: true, legalComments: 'none' } as const;
  await rm(HOST_PARTS, { recursive: true, force: true }); // of earlier builds, under other names
  const results = await Promise.all(BUNDLES.map((bundle) => build({ ...bundle, ...small })));
  const metafiles = results.map(({ metafile }) => metafile);
  metafiles.forEach(refuseUndici);
  for (const [file, limit] of Object.entries(LIMITS)) {
    enforceLimit(file, (await stat(file)).size, limit);
  }
  enforceLimit('activation', activationOf(metafiles).bytes, ACTIVATION_LIMIT);
  const packages = thirdPartiesIn(metafiles, CHECKOUT);
  checkLicences(packages);
  await writeFile(NOTICES, noticesOf(packages));
  return packages;
}

function enforceLimit(what: string, size: number, limit: number): void {
  console.log(`${what}: ${size.toLocaleString('en')} bytes of ${limit.toLocaleString('en')}`);
  if (size > limit) {
    throw new Error(`${what} is larger than ${limit} bytes`);
  }
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
