import { askText } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { settings } from '../platform/settings';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { chooseAccount, labelProblem } from './shared/accountChoice';
import type { Services } from './shared/services';
import { takesName } from './shared/takesName';

export async function renameAccount(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(services, suggested, l10n.t('Rename Account'));
  if (account === undefined) {
    return;
  }
  const answer = await askText({
    title: l10n.t('Rename Account: {0}', displayText(account.label)),
    prompt: l10n.t('A name for this account'),
    value: account.label,
    check: (text) => labelProblem(text, services.accounts.all, account.id),
  });
  if (answer?.kind === 'answer' && (answer.value === account.label || (await takesName(answer.value)))) {
    await services.accounts.update(account.id, (current) => ({ ...current, label: answer.value }));
    await settings.moveRates(account.label, answer.value);
    if (settings.statusBarAccount === account.label) {
      await settings.setStatusBarAccount(answer.value);
    }
    await settings.renameInBudgets(account.label, answer.value);
  }
}
