import { askChoice } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { settings } from '../platform/settings';
import { displayText } from '../usage/text';
import type { Services } from './shared/services';

export async function chooseStatusBarAccount(services: Services): Promise<void> {
  const label = await askChoice(l10n.t('Choose Account for the Status Bar'), '', [
    { label: l10n.t('All accounts'), description: l10n.t('their sum, without sample data'), value: '' },
    ...services.accounts.all.map((account) => ({ label: displayText(account.label), value: account.label })),
  ]);
  if (label !== undefined) {
    await settings.setStatusBarAccount(label);
  }
}
