import { askChoice } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { groupingTitle } from '../views/tree/groups/items';
import type { Services } from './shared/services';

/** Sets what an account's usage is grouped by, everywhere; stored with the account, and loaded at once. */
export async function chooseGrouping(services: Services, account?: Account): Promise<void> {
  if (account === undefined) {
    return;
  }
  const current = account.grouping ?? PROVIDERS[account.provider].capabilities.groupings[0];
  const grouping = await askChoice(
    l10n.t('Group Usage'),
    '',
    PROVIDERS[account.provider].capabilities.groupings.map((value) => ({
      label: groupingTitle(value),
      description: value === current ? l10n.t('current') : '',
      value,
    })),
  );
  if (grouping === undefined || grouping === current) {
    return;
  }
  await services.accounts.update(account.id, (own) => ({ ...own, grouping }));
  const changed = services.accounts.find(account.id);
  if (changed !== undefined) {
    const before = services.store.known(account.id);
    before?.cancelRefresh(); // it uses the old grouping
    before?.cancelLoading();
    await before?.refreshing;
    await services.store.of(changed).refresh();
  }
}
