import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';

const TARGET = 'usage-explorer.vsix';
const LIMIT = 600 * 1024;

/** Builds, and packs what ships into one .vsix, which must stay small. */
async function main(): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  await createVSIX({
    packagePath: TARGET,
    dependencies: false,
    allowMissingRepository: true,
    // There is no public repository to point the README's pictures at: they ship beside it.
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(TARGET);
  console.log(`${TARGET}: ${size.toLocaleString('en')} bytes of ${LIMIT.toLocaleString('en')}`);
  if (size > LIMIT) {
    throw new Error(`${TARGET} is larger than ${LIMIT} bytes`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
