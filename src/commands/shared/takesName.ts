import { l10n } from '../../platform/l10n';
import { ask } from '../../platform/messages';
import { settings } from '../../platform/settings';
import { displayText } from '../../usage/text';

/**
 * Whether an account may take a name. Rates and budgets already under the name may be another account's, or written in
 * advance. Only the person knows which, so asks before reusing them. False if the person cancelled.
 */
export async function takesName(label: string): Promise<boolean> {
  if (!settings.isNamed(label)) {
    return true;
  }
  const use = l10n.t('Use Them');
  const remove = l10n.t('Delete Them');
  const answer = await ask(
    'warning',
    l10n.t('There are already budgets or rates for the name “{0}”.', displayText(label)),
    l10n.t('They may belong to an account that was removed. Use them for this one?'),
    use,
    remove,
  );
  if (answer === remove) {
    await settings.forgetName(label);
  }
  return answer !== undefined;
}
