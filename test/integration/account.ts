import * as vscode from 'vscode';
import type { Account } from '../../src/usage/account';
import type { VendorServer } from '../simulator/vendorServer';
import type { Inside } from './extension';

/** Puts an account with the simulator's key into the extension, as if it had been added there; gives the way back. */
export async function addAccount(
  inside: Inside,
  account: Account,
  { url, baseUrl, key }: VendorServer,
): Promise<() => Promise<void>> {
  await setBaseUrl(account, baseUrl);
  await inside.keychain.keep(account.id, { key, origin: url });
  await inside.accounts.add(account);
  return async () => {
    await inside.accounts.remove(account.id);
    await inside.keychain.remove(account.id);
    await setBaseUrl(account, undefined);
  };
}

async function setBaseUrl({ provider }: Account, url: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('usageExplorer')
    .update(`providers.${provider}.baseUrl`, url, vscode.ConfigurationTarget.Global);
}
