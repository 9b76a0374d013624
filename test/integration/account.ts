import * as vscode from 'vscode';
import type { Account } from '../../src/usage/account';
import type { Simulator } from '../simulator/server';
import type { Inside } from './extension';

/** Puts an account with the simulator's key into the extension, as if it had been added there; gives the way back. */
export async function addAccount(
  inside: Inside,
  account: Account,
  { url, key }: Simulator,
): Promise<() => Promise<void>> {
  await setBaseUrl(url);
  await inside.keychain.keep(account.id, { key, origin: url });
  await inside.accounts.add(account);
  return async () => {
    await inside.accounts.remove(account.id);
    await inside.keychain.remove(account.id);
    await setBaseUrl(undefined);
  };
}

async function setBaseUrl(url: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('usageExplorer')
    .update('providers.dedalus.baseUrl', url, vscode.ConfigurationTarget.Global);
}
