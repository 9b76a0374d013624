import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { buildProduct } from './build';
import { CHECKOUT, NOTICES, SBOM, VSIX } from './checkout';
import { sbomOf } from './sbom';

const LIMIT = 420 * 1024;

/** Builds and packs what ships into one .vsix, which must stay small, and puts its bill of materials beside it. */
async function main(): Promise<void> {
  const sbom = sbomOf(await buildProduct());
  await writeFile(SBOM, JSON.stringify(sbom, undefined, 2));
  await refuseWithoutNotices();
  await createVSIX({
    packagePath: VSIX,
    dependencies: false,
    allowMissingRepository: true,
    // There is no public repository to point the README's pictures at: they ship beside it.
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(VSIX);
  const name = path.basename(VSIX);
  console.log(`${name}: ${size.toLocaleString('en')} bytes of ${LIMIT.toLocaleString('en')}`);
  console.log(`${path.basename(SBOM)}: ${sbom.components.length} packages of others, in CycloneDX`);
  if (size > LIMIT) {
    throw new Error(`${name} is larger than ${LIMIT} bytes`);
  }
}

/** Other people's code may ship only with the text of its licence. */
async function refuseWithoutNotices(): Promise<void> {
  const notices = path.basename(NOTICES);
  const files = await listFiles({ cwd: CHECKOUT, packageManager: PackageManager.None });
  if (!files.includes(notices)) {
    throw new Error(`${notices} would not be in ${path.basename(VSIX)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
