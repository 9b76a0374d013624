import { randomUUID } from 'node:crypto';
import { askChoice, askText } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { openSample } from './openSample';
import { freeLabel, labelProblem } from './shared/accountChoice';
import { askCredentials } from './shared/credentials';
import type { Services } from './shared/services';
import { showAccount } from './shared/showAccount';
import { takesName } from './shared/takesName';

const QUESTIONS = 3;

/**
 * Asks for vendor, key, organisation and label; the key is tested before anything is stored. Then shows the account, unless the
 * person left.
 */
export async function addAccount(services: Services): Promise<void> {
  const title = l10n.t('Add Account');
  const provider = await askChoice(
    title,
    l10n.t('Where do your machines run?'),
    Object.values(PROVIDERS).map((value) => ({
      label: value.name,
      description: value.key === undefined ? l10n.t('generated figures, no key, no network') : '',
      value,
    })),
  );
  if (provider === undefined) {
    return;
  }
  if (provider.key === undefined) {
    await openSample(services);
    return;
  }
  const credentials = await askCredentials(services, {
    title: l10n.t('Add Account: {0}', provider.name),
    place: { provider, baseUrl: settings.baseUrl(provider.id), before: undefined },
    organisationId: undefined,
    steps: QUESTIONS,
  });
  if (credentials === undefined) {
    return;
  }
  const label = await askText({
    title: l10n.t('Add Account: {0}', provider.name),
    prompt: l10n.t('The key was accepted. Enter a name for this account.'),
    value: freeLabel(provider.name, services.accounts.all),
    step: { number: QUESTIONS, of: QUESTIONS },
    canGoBack: false,
    check: (text) => labelProblem(text, services.accounts.all, undefined),
  });
  if (label?.kind !== 'answer' || !(await takesName(label.value))) {
    return;
  }
  const account: Account = {
    id: randomUUID(),
    provider: provider.id,
    label: label.value,
    ...(credentials.organisationId === undefined ? {} : { organisationId: credentials.organisationId }),
  };
  await keep(services, { account, key: credentials.key });
  await showAccount(services, account);
}

/** The key first: an account without a key would be half an account. */
async function keep(
  { keychain, accounts, store }: Services,
  { account, key }: { account: Account; key: Parameters<Services['keychain']['keep']>[1] },
): Promise<void> {
  await keychain.keep(account.id, key);
  try {
    await accounts.add(account);
  } catch (error) {
    await keychain.remove(account.id);
    throw error;
  }
  void store.of(account).refresh();
}
