import { env, Uri } from 'vscode';
import { l10n } from '../platform/l10n';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { chooseAccount } from './shared/accountChoice';
import type { Services } from './shared/services';

/** Opens the vendor's billing page. The address is ours, not from a reply. */
export async function openBillingPage(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(
    services,
    suggested,
    l10n.t('Open Billing Page'),
    ({ provider }) => PROVIDERS[provider].billingPage !== undefined,
  );
  const page = account === undefined ? undefined : PROVIDERS[account.provider].billingPage;
  if (page !== undefined) {
    await env.openExternal(Uri.parse(page));
  }
}
