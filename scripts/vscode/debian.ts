import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from '../processes';

/** Libraries that the native modules of VS Code Server are built against. */
const LIBRARIES = ['libkrb5-dev', 'libsecret-1-dev', 'libxkbfile-dev'];

/** The commands, any one of which can stand in for each Debian package. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  'g++': ['g++'],
  make: ['make'],
  python3: ['python3'],
};

/** The first of these commands that is on the PATH, as an absolute path. */
export function findCommand(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/**
 * Makes sure that the system packages are there: installs what is missing when run as root.
 *
 * @throws {Error} naming the packages and the command, where they cannot be installed from here
 */
export async function ensureSystemPackages(): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install --yes --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || findCommand('apt-get') === undefined) {
    throw new Error(
      `These packages are missing: ${missing.join(', ')}. Install them, e.g. on Debian: sudo sh -c '${command}'`,
    );
  }
  console.log(`As root, this now installs Debian packages, which other programs see as well: ${command}`);
  const code = await run('sh', ['-c', command], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if (code !== 0) throw new Error(`Debian packages could not be installed: ${command} ended with ${code}`);
}

function missingPackages(): string[] {
  const commands = Object.entries(COMMANDS).filter(([, names]) => findCommand(...names) === undefined);
  return [...missingLibraries(), ...commands.map(([name]) => name)];
}

function missingLibraries(): string[] {
  if (findCommand('dpkg-query') === undefined) {
    console.log(`Not a Debian system: taking it that its likes of ${LIBRARIES.join(', ')} are installed.`);
    return [];
  }
  return LIBRARIES.filter((name) => {
    const query = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], { encoding: 'utf8' });
    return query.stdout !== 'installed';
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
