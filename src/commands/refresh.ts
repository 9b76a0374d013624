import { ProgressLocation, l10n, window } from 'vscode';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { SECOND } from '../usage/time';
import type { Services } from './services';

/** What is done within this time needs no progress; the bar above the tree runs anyway. */
const UNNOTICED_MS = SECOND;

/** Reads an account, or all of them, now; unless the vendor asked to wait, which is then said. */
export async function refresh(services: Services, account?: Account): Promise<void> {
  const { accounts, store, formats } = services;
  const chosen = account === undefined ? accounts.all : [account];
  for (const { id, label } of chosen) {
    const until = store.waitUntil(id);
    if (until !== undefined) {
      void window.showInformationMessage(
        l10n.t('The vendor of “{0}” asked to wait until {1}.', displayText(label), formats.instant(until)),
      );
    }
  }
  const reading = Promise.all(chosen.map((own) => store.refresh(own)));
  if (!(await isDoneWithin(reading, UNNOTICED_MS))) {
    await showProgress(services, chosen, reading);
  }
}

async function isDoneWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const done = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return done;
}

/** Cancelling stops the requests; what had come in whole stays. */
async function showProgress(
  { store }: Services,
  chosen: readonly Account[],
  reading: Promise<unknown>,
): Promise<void> {
  const [only] = chosen;
  const title =
    only !== undefined && chosen.length === 1
      ? l10n.t('Reading usage of “{0}”', displayText(only.label))
      : l10n.t('Reading usage');
  const location = ProgressLocation.Notification;
  await window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => {
      for (const { id } of chosen) {
        store.cancelRefresh(id);
      }
    });
    const telling = store.onDidChange(() => {
      const all = chosen.flatMap(({ id }) => store.loading(id) ?? []);
      const [done, total] = [sumOf(all.map((own) => own.done)), sumOf(all.map((own) => own.total))];
      progress.report({ message: total === 0 ? '' : l10n.t('{0} of {1}', done, total) });
    });
    await reading;
    telling.dispose();
  });
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
