import { ThemeColor, ThemeIcon } from 'vscode';
import { askChoice } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { type Account, ACCOUNT_COLOURS, type AccountColour } from '../usage/account';
import { displayText } from '../usage/text';
import type { Services } from './shared/services';

/** Moves an account in the order of the sidebar, the status bar and the dashboard. */
export async function moveAccount(
  { accounts }: Services,
  account: Account | undefined,
  by: number,
): Promise<void> {
  if (account !== undefined) {
    await accounts.move(account.id, by);
  }
}

/** Sets the colour of an account's icon, so that accounts are easy to tell apart. */
export async function setColour({ accounts }: Services, account?: Account): Promise<void> {
  if (account === undefined) {
    return;
  }
  const answer = await askChoice<AccountColour | 'none'>(
    l10n.t('Colour of “{0}”', displayText(account.label)),
    '',
    [
      { label: l10n.t('No colour'), value: 'none' },
      ...ACCOUNT_COLOURS.map((value) => ({
        label: colourName(value),
        iconPath: new ThemeIcon('circle-filled', new ThemeColor(`charts.${value}`)),
        value,
      })),
    ],
  );
  if (answer !== undefined) {
    await accounts.update(account.id, ({ colour: _, ...own }) =>
      answer === 'none' ? own : { ...own, colour: answer },
    );
  }
}

function colourName(colour: AccountColour): string {
  switch (colour) {
    case 'red':
      return l10n.t('Red');
    case 'orange':
      return l10n.t('Orange');
    case 'yellow':
      return l10n.t('Yellow');
    case 'green':
      return l10n.t('Green');
    case 'blue':
      return l10n.t('Blue');
    case 'purple':
      return l10n.t('Purple');
  }
}
