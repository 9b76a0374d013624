import { l10n, window } from 'vscode';
import { displayText } from '../usage/text';
import type { Services } from './services';

/** Reads an account, or all of them, now; unless the vendor asked to wait, which is then said. */
export async function refresh(services: Services, argument?: unknown): Promise<void> {
  const { accounts, store, formats } = services;
  const chosen = argument === undefined ? undefined : services.tree.rowOf(argument)?.account;
  const all = chosen === undefined ? accounts.all : [chosen];
  for (const account of all) {
    const until = store.waitUntil(account.id);
    if (until !== undefined) {
      void window.showInformationMessage(
        l10n.t(
          'The vendor of “{0}” asked to wait until {1}.',
          displayText(account.label),
          formats.clock(until),
        ),
      );
    }
  }
  await Promise.all(all.map((account) => store.refresh(account)));
}
