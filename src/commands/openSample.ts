import { commands } from 'vscode';
import { VIEW } from '../contributions';
import { l10n } from '../platform/l10n';
import type { Account } from '../usage/account';
import { freeLabel } from './shared/accountChoice';
import type { Services } from './shared/services';

/** Adds the sample account, unless it exists, and shows it. */
export async function openSample({ accounts, store }: Services): Promise<void> {
  const known = accounts.all.find(({ provider }) => provider === 'sample');
  const account: Account = known ?? {
    id: 'sample',
    provider: 'sample',
    label: freeLabel(l10n.t('Sample data'), accounts.all),
  };
  if (known === undefined) {
    await accounts.add(account);
  }
  void store.of(account).refresh();
  await commands.executeCommand(`${VIEW}.focus`);
}
