import { csvOf } from '../insights/export/csv';
import { jsonOf } from '../insights/export/json';
import type { ExportBlock, ExportInput, MissingDay } from '../insights/export/rows';
import { askChoice } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { showWork, tell } from '../platform/messages';
import { saveFile } from '../platform/saveFile';
import { isRecord } from '../protocol/choices';
import { PROVIDERS } from '../providers/registry';
import type { DayKey } from '../store/dayBlock';
import type { Account } from '../usage/account';
import { kindOf } from '../usage/breakdownId';
import { isPeriod } from '../usage/range';
import { displayText } from '../usage/text';
import { dayPeriod, daysOf, type EpochMs, lastDayOf, monthToDate, type Period, utcDay } from '../usage/time';
import type { ShownExport } from '../views/actions';
import { failureWords } from '../views/words/failureWords';
import { chooseAccount } from './shared/accountChoice';
import { exportParts } from './shared/exportParts';
import type { Services } from './shared/services';

/** What to export of an account's usage. Future days are left out. */
type ExportRequest = Omit<ShownExport, 'accountId'>;

/** Asks for an account and a format, and saves what the dashboard shows of the account, or else the month by day. */
export async function exportUsage(services: Services, suggested?: Account): Promise<void> {
  const title = l10n.t('Export Usage');
  const account = await chooseAccount(services, suggested, title);
  if (account === undefined) {
    return;
  }
  const now = services.now();
  const { period, granularity } = services.dashboard.shownOf(account.id) ?? {
    period: monthToDate(now),
    granularity: 'day',
  };
  const { start, end } = untilToday(period, now);
  const days = services.formats.days(start, end);
  const written = exportParts(
    PROVIDERS[account.provider].capabilities,
    account.grouping,
    granularity,
  ).granularity;
  const format = await askChoice<ExportRequest['format']>(
    title,
    written === 'hour' ? l10n.t('{0}, by hour', days) : l10n.t('{0}, by day', days),
    [
      { label: 'CSV', description: l10n.t('for spreadsheets'), value: 'csv' },
      { label: 'JSON', description: l10n.t('for programs'), value: 'json' },
    ],
  );
  if (format !== undefined) {
    await exportRows(services, account, { period, granularity, format });
  }
}

/** The same for an account given by id, if it still exists. Anybody may run it, so an invalid request is refused. */
export async function exportShown(services: Services, argument: unknown): Promise<void> {
  const request = readRequest(argument);
  const account = request === undefined ? undefined : services.accounts.find(request.accountId);
  if (request !== undefined && account !== undefined) {
    await exportRows(services, account, request);
  }
}

function readRequest(argument: unknown): ShownExport | undefined {
  const { accountId, period, granularity, format } = isRecord(argument) ? argument : {};
  const { start, end } = isRecord(period) ? period : {};
  const asked = { start, end };
  return typeof accountId === 'string' &&
    (granularity === 'hour' || granularity === 'day') &&
    (format === 'csv' || format === 'json') &&
    isPeriod(asked)
    ? { accountId, period: asked, granularity, format }
    : undefined;
}

/** Loads what is missing of a period, and saves all its rows to a file that the person names. */
export async function exportRows(
  services: Services,
  account: Account,
  { period, granularity, format }: ExportRequest,
): Promise<void> {
  const past = untilToday(period, services.now());
  const { capabilities } = PROVIDERS[account.provider];
  const { parts, ...what } = exportParts(capabilities, account.grouping, granularity);
  const wants = daysOf(past).flatMap((day) => parts.map((part): DayKey => ({ part, day })));
  const release = services.store.of(account).dayCache.hold(wants);
  try {
    if (await read(services, account, wants)) {
      await write(services, account, { ...what, period: past, format, ...gather(services, account, wants) });
    }
  } finally {
    release();
  }
}

async function write(
  services: Services,
  account: Account,
  {
    format,
    ...rows
  }: Omit<ExportInput, 'account' | 'aliases' | 'exportedAt'> & Pick<ExportRequest, 'format'>,
): Promise<void> {
  const { period } = rows;
  if (!(await accepts(rows, daysOf(period).length))) {
    return;
  }
  const { name } = PROVIDERS[account.provider];
  const { label, organisationId, aliases } = account;
  const input: ExportInput = {
    account: { label, provider: name, ...(organisationId === undefined ? {} : { organisationId }) },
    ...(aliases === undefined ? {} : { aliases }),
    ...rows,
    exportedAt: services.now(),
  };
  await saveFile(
    `usage-${label}-${utcDay(period.start)}-to-${lastDayOf(period)}.${format}`,
    { [format.toUpperCase()]: [format] },
    format === 'csv' ? csvOf(input) : jsonOf(input),
    l10n.t('Export Usage'),
  );
}

/** The days of a period that have begun. */
function untilToday({ start, end }: Period, now: EpochMs): Period {
  return { start, end: Math.min(end, dayPeriod(utcDay(now)).end) };
}

/** Loads the days that are not current, if any. False if the person cancelled. */
async function read({ store }: Services, account: Account, wants: readonly DayKey[]): Promise<boolean> {
  const dayCache = store.known(account.id)?.dayCache;
  if (dayCache !== undefined && wants.every((want) => dayCache.isCurrent(want))) {
    return true;
  }
  const title = l10n.t('Loading usage of “{0}”', displayText(account.label));
  return showWork(title, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    const telling = store.onDidChange(() => {
      const loading = store.known(account.id)?.loading;
      if (loading !== undefined) {
        progress.report({ message: l10n.t('{0} of {1}', loading.done, loading.total) });
      }
    });
    await store.known(account.id)?.refreshing; // may bring some of them
    if (!stop.signal.aborted) {
      await store.of(account).load(wants, stop.signal);
    }
    telling.dispose();
    return !stop.signal.aborted;
  });
}

/**
 * What is known of the days. A day that failed to reload counts as missing, because what was read before it ended is
 * incomplete.
 */
function gather(
  { store, formats }: Services,
  account: Account,
  wants: readonly DayKey[],
): Pick<ExportInput, 'blocks' | 'missingDays'> {
  const blocks: ExportBlock[] = [];
  const missingDays: MissingDay[] = [];
  const dayCache = store.known(account.id)?.dayCache;
  for (const want of wants) {
    const { part, day } = want;
    const kind = kindOf(part);
    const block = dayCache?.block(part, day);
    const failure = dayCache?.failureOf(want);
    if (block !== undefined && failure === undefined) {
      blocks.push({
        ...{ kind, day, asOf: block.asOf },
        get columns() {
          return block.columns; // lazily, so that not all days are in memory at once
        },
      });
    } else {
      const { sentence } = failureWords(failure ?? { kind: 'cancelled' }, formats);
      missingDays.push({ part: kind, day, reason: sentence });
    }
  }
  return { blocks, missingDays };
}

/** Asks the person whether to save although days are missing. */
async function accepts(
  { blocks, missingDays }: Pick<ExportInput, 'blocks' | 'missingDays'>,
  dayCount: number,
): Promise<boolean> {
  const [first] = missingDays;
  if (first === undefined) {
    return true;
  }
  if (blocks.length === 0) {
    void tell('error', l10n.t('There is nothing to save. {0}', first.reason));
    return false;
  }
  const count = new Set(missingDays.map(({ day }) => day)).size;
  const save = l10n.t('Save');
  const answer = await tell(
    'warning',
    l10n.t(
      'Days that could not be fully loaded: {0} of {1}. {2} Save the rest?',
      count,
      dayCount,
      first.reason,
    ),
    save,
    l10n.t('Cancel'),
  );
  return answer === save;
}
