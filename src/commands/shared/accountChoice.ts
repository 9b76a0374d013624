import { askChoice } from '../../platform/inputs';
import { l10n } from '../../platform/l10n';
import { PROVIDERS } from '../../providers/registry';
import type { Account } from '../../usage/account';
import { displayText } from '../../usage/text';
import type { Services } from './services';

/** The account that a command is about: the suggested one, the only one, or the one that the person picks. */
export async function chooseAccount(
  services: Services,
  suggested: Account | undefined,
  title: string,
  fits: (account: Account) => boolean = () => true,
): Promise<Account | undefined> {
  if (suggested !== undefined && fits(suggested)) {
    return suggested;
  }
  const [only, ...others] = services.accounts.all.filter(fits);
  if (only === undefined || others.length === 0) {
    return only;
  }
  return askChoice(
    title,
    l10n.t('Which account?'),
    [only, ...others].map((account) => ({
      label: displayText(account.label),
      description: PROVIDERS[account.provider].name,
      value: account,
    })),
  );
}

/** A sentence if the text is not a valid account label. */
export function labelProblem(
  label: string,
  accounts: readonly Account[],
  own: string | undefined,
): string | undefined {
  if (label === '') {
    return l10n.t('Enter a name for the account.');
  }
  return accounts.some((account) => account.label === label && account.id !== own)
    ? l10n.t('Another account already has this name.')
    : undefined;
}

/** The text, with a number added if needed, so that no two accounts have the same name. */
export function freeLabel(wanted: string, accounts: readonly Account[]): string {
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? wanted : `${wanted} ${number}`;
    if (labelProblem(label, accounts, undefined) === undefined) {
      return label;
    }
  }
}
