import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The extension's list of accounts when "Try with Sample Data" was the only thing done. */
const ACCOUNTS = { version: 1, accounts: [{ id: 'sample', provider: 'sample', label: 'Sample data' }] };

/** Gives an extension that has not run yet the sample account, in the folder of its `globalStorageUri`. */
export function seedSampleAccount(globalStorage: string): void {
  mkdirSync(globalStorage, { recursive: true });
  writeFileSync(path.join(globalStorage, 'accounts.json'), JSON.stringify(ACCOUNTS));
}
