import { l10n } from '../platform/l10n';
import { tell } from '../platform/messages';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { chooseAccount } from './shared/accountChoice';
import { askCredentials } from './shared/credentials';
import type { KeyPlace } from './shared/keyPlace';
import type { Services } from './shared/services';

const QUESTIONS = 2;

/** Asks for a new key for an account, and tests it before it replaces the old one. */
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
    place: await placeOf(services, account),
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
    services.store.known(account.id)?.resetBackoff();
  }
  void services.store.of(updated).refresh();
  void tell('info', l10n.t('The key of “{0}” was updated.', displayText(account.label)));
}

async function placeOf({ keychain }: Services, { id, provider }: Account): Promise<KeyPlace> {
  const key = await keychain.find(id).catch(() => undefined); // an unreadable key cannot be compared
  return { provider: PROVIDERS[provider], baseUrl: settings.baseUrl(provider), before: key?.origin };
}

function withOrganisation(account: Account, organisationId: string | undefined): Account {
  const { organisationId: replaced, ...rest } = account;
  return organisationId === undefined ? rest : { ...rest, organisationId };
}
