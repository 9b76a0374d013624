import { l10n } from '../platform/l10n';
import { showWork, tell } from '../platform/messages';
import type { Account } from '../usage/account';
import { displayText } from '../usage/text';
import { SECOND } from '../usage/time';
import { chooseAccount } from './shared/accountChoice';
import type { Services } from './shared/services';

/** Work done within this time shows no progress; the bar above the tree runs anyway. */
const UNNOTICED_MS = SECOND;

/** Reads an account; the signal cancels the days that are loaded beyond a refresh. Never rejects. */
type Read = (account: Account, signal: AbortSignal) => Promise<void>;

/** Reads an account, or all of them, now. If a vendor asked to wait, a message says so. */
export async function refresh(services: Services, account?: Account): Promise<void> {
  const { accounts, store } = services;
  await read(services, account === undefined ? accounts.all : [account], (own) => store.of(own).refresh());
}

/** Reads every day of the month again, even long-closed ones, because the vendor may have restated them. */
export async function readMonthAgain(services: Services, suggested?: Account): Promise<void> {
  const account = await chooseAccount(services, suggested, l10n.t('Reload This Month'));
  if (account !== undefined) {
    await read(services, [account], (own, signal) => services.store.of(own).readAgain(signal));
  }
}

async function read(services: Services, chosen: readonly Account[], begin: Read): Promise<void> {
  const { store, formats } = services;
  for (const { id, label } of chosen) {
    const until = store.known(id)?.waitUntil;
    if (until !== undefined) {
      void tell(
        'info',
        l10n.t('The vendor of “{0}” asked to wait until {1}.', displayText(label), formats.instant(until)),
      );
    }
  }
  const abort = new AbortController();
  const reading = Promise.all(chosen.map((own) => begin(own, abort.signal)));
  if (!(await isDoneWithin(reading, UNNOTICED_MS))) {
    await showProgress(services, chosen, reading, abort);
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

/** Cancelling stops the requests; complete replies are kept. */
async function showProgress(
  { store }: Services,
  chosen: readonly Account[],
  reading: Promise<unknown>,
  abort: AbortController,
): Promise<void> {
  const [only] = chosen;
  const title =
    only !== undefined && chosen.length === 1
      ? l10n.t('Loading usage of “{0}”', displayText(only.label))
      : l10n.t('Loading usage');
  await showWork(title, async (progress, token) => {
    token.onCancellationRequested(() => {
      for (const { id } of chosen) {
        store.known(id)?.cancelRefresh();
      }
      abort.abort();
    });
    const telling = store.onDidChange(() => {
      const all = chosen.flatMap(({ id }) => store.known(id)?.loading ?? []);
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
