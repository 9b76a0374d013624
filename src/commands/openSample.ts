import { l10n } from '../platform/l10n';
import type { Account } from '../usage/account';
import { freeLabel } from './shared/accountChoice';
import type { Services } from './shared/services';
import { showAccount } from './shared/showAccount';

/** Adds the sample account, unless it exists, and shows it. */
export async function openSample(services: Services): Promise<void> {
  const { accounts, store } = services;
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
  await showAccount(services, account);
}
