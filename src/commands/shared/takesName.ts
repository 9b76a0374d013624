import { l10n } from 'vscode';
import { ask } from '../../platform/messages';
import { settings } from '../../platform/settings';
import { displayText } from '../../usage/text';

/**
 * Whether an account may have a name. Rates and budgets that are under it already are of another account, or were written
 * beforehand: only a person knows, so nothing is taken over unasked. False where the person gave it up.
 */
export async function takesName(label: string): Promise<boolean> {
  if (!settings.isNamed(label)) {
    return true;
  }
  const use = l10n.t('Use Them');
  const remove = l10n.t('Delete Them');
  const answer = await ask(
    'warning',
    l10n.t('There are budgets or rates under the name “{0}” already.', displayText(label)),
    l10n.t('They may be of an account that is gone. Are they for this one?'),
    use,
    remove,
  );
  if (answer === remove) {
    await settings.forgetName(label);
  }
  return answer !== undefined;
}
