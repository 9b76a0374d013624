import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';

/** What only who is told may come in with: 256 random bits, safe in an address. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Replaces a file by one that no other user of this computer may read. */
export function writePrivate(file: string, text: string): void {
  rmSync(file, { force: true }); // one that is there would keep its permissions
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
}
