import { l10n, window } from 'vscode';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { chooseAccount } from './accountChoice';
import { askCredentials } from './credentials';
import type { Services } from './services';

const QUESTIONS = 2;

/** A new key for an account, tried before it takes the place of the old one. */
export async function updateKey(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(
    services,
    suggested,
    l10n.t('Update Key'),
    ({ provider }) => PROVIDERS[provider].key !== undefined,
  );
  if (account === undefined) {
    return;
  }
  const credentials = await askCredentials(services, {
    title: l10n.t('Update Key: {0}', displayText(account.label)),
    provider: PROVIDERS[account.provider],
    organisationId: account.organisationId,
    steps: QUESTIONS,
  });
  if (credentials === undefined) {
    return;
  }
  await services.keychain.keep(account.id, credentials.key);
  const updated = withOrganisation(account, credentials.organisationId);
  await services.accounts.update(account.id, (current) =>
    withOrganisation(current, credentials.organisationId),
  );
  if (account.organisationId === credentials.organisationId) {
    services.store.release(account.id);
  }
  void services.store.refresh(updated);
  void window.showInformationMessage(l10n.t('The key of “{0}” was updated.', displayText(account.label)));
}

function withOrganisation(account: Account, organisationId: string | undefined): Account {
  const { organisationId: replaced, ...rest } = account;
  return organisationId === undefined ? rest : { ...rest, organisationId };
}
