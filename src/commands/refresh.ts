import { l10n, window } from 'vscode';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import type { Services } from './services';

/** Reads an account, or all of them, now; unless the vendor asked to wait, which is then said. */
export async function refresh({ accounts, store, formats }: Services, account?: Account): Promise<void> {
  const chosen = account === undefined ? accounts.all : [account];
  for (const { id, label } of chosen) {
    const until = store.waitUntil(id);
    if (until !== undefined) {
      void window.showInformationMessage(
        l10n.t('The vendor of “{0}” asked to wait until {1}.', displayText(label), formats.instant(until)),
      );
    }
  }
  await Promise.all(chosen.map((own) => store.refresh(own)));
}
