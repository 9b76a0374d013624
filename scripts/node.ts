import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from './checkout';

/** The Node in the lock file, with the headers that native modules are built against. */
export interface LockedNode {
  home: string;
  command: string;
  version: string;
}

/** The Node that is our optional dependency; npm puts it first on the PATH of what it runs. */
export function lockedNode(): LockedNode {
  const name = `node-${process.platform}-${process.arch}`;
  const home = path.join(CHECKOUT, 'node_modules', name);
  const manifest = path.join(home, 'package.json');
  if (!existsSync(manifest))
    throw new Error(`${name} is not installed; \`npm ci\` does it where there is one.`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { home, command: path.join(home, 'bin', 'node'), version };
}
