import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { VSCODE_TEST } from '../checkout';
import { throwAwayFolder } from '../throwAway';
import { installExtension } from './server';

const HOME = path.join(VSCODE_TEST, 'installed');

/**
 * A profile of VS Code Server with nothing but this package installed, to be copied. VS Code installs each package only
 * once.
 */
export async function installedExtension(vsix: string): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(vsix)).digest('hex').slice(0, 16);
  const profile = path.join(HOME, hash);
  if (existsSync(profile)) return profile;
  const folder = throwAwayFolder('install');
  await installExtension(vsix, folder);
  mkdirSync(HOME, { recursive: true });
  try {
    renameSync(folder, profile);
  } catch (error) {
    // Another process was faster and made the same.
    if (!existsSync(profile)) throw error;
    rmSync(folder, { recursive: true });
  }
  return profile;
}
