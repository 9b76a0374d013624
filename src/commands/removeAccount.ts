import { l10n } from '../platform/l10n';
import { ask } from '../platform/messages';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { chooseAccount } from './shared/accountChoice';
import type { Services } from './shared/services';

/** Deletes an account, its key and all its stored data, after confirmation. */
export async function removeAccount(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(services, suggested, l10n.t('Remove Account'));
  if (account === undefined) {
    return;
  }
  const remove = l10n.t('Remove');
  const answer = await ask(
    'warning',
    l10n.t('Remove “{0}”?', displayText(account.label)),
    l10n.t(
      'This deletes its key, its names for machines and its stored usage. Its budgets and rates stay in the settings. Nothing changes at the vendor.',
    ),
    remove,
  );
  if (answer !== remove) {
    return;
  }
  await services.keychain.remove(account.id);
  await services.accounts.remove(account.id);
  await services.store.erase([account.id]);
  if (services.accounts.all.length === 0) {
    await services.preferences.change({ text: '' }); // it may be the name of a machine
  }
}
