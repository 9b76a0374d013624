import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';

/** A secret that grants access: 256 random bits, safe in an address. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Replaces a file with one that no other user of this computer may read. */
export function writePrivate(file: string, text: string): void {
  rmSync(file, { force: true }); // an existing file would keep its permissions
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
}
