import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { VSCODE_TEST } from './checkout';

const HOME = path.join(VSCODE_TEST, 'profiles');
const OWNER = /^[a-z]+-(\d+)-/;

/**
 * Makes an empty folder, which the caller removes at the end. Also removes the folders of earlier processes that were
 * killed before they could.
 *
 * @param purpose the start of its name, in lower case
 */
export function throwAwayFolder(purpose: string): string {
  mkdirSync(HOME, { recursive: true });
  for (const name of readdirSync(HOME)) {
    const owner = OWNER.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) {
      rmSync(path.join(HOME, name), { recursive: true, force: true });
    }
  }
  return mkdtempSync(path.join(HOME, `${purpose}-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
