import type { KeptAccount, KeptReading } from '../database/operations';
import type { ProviderCapabilities } from '../providers/capabilities';
import type { Account } from '../usage/account';
import type { Machine, UsageSummary } from '../usage/bucket';
import type { HistoryPart } from '../usage/part';
import { daysOf, type EpochMs, monthOf, monthToDate, type Period, type UtcDay, utcDay } from '../usage/time';
import { type AccountUsage, emptyUsage, type Reading } from './accountUsage';
import type { Archive } from './archive';
import { dayPartsOf } from './dayParts';
import type { History } from './history';
import { breakdownsOf, overviewOf, overviewParts } from './overview';
import { forecastDays } from './refetchPolicy';

/** Hours of a large fleet take megabytes a day: so many days are handed over at once. */
const DAYS_AT_ONCE = 4;

/** Puts what the database has of these days into the history, where it is newer. */
export async function recallBlocks(
  archive: Archive,
  accountId: string,
  history: History,
  part: HistoryPart,
  days: readonly UtcDay[],
): Promise<void> {
  if (days.length === 0) {
    return;
  }
  const kept = await archive.days(accountId, part);
  const newer = days.filter((day) => {
    const asOf = kept.get(day) ?? 0;
    return asOf > (history.block(part, day)?.asOf ?? 0) && !history.isVoid(asOf);
  });
  const step = part.endsWith('Days') ? newer.length : DAYS_AT_ONCE;
  for (let from = 0; from < newer.length; from += step) {
    for (const { day, ...block } of await archive.blocks(accountId, part, newer.slice(from, from + step))) {
      history.keep({ part, day }, block);
    }
  }
}

/** What another process has read anew of the days that are at hand, beyond the overview, which comes whole. */
export async function recallNewer({
  archive,
  accountId,
  history,
  capabilities,
}: Pick<UsageRecall, 'archive' | 'accountId' | 'history' | 'capabilities'>): Promise<void> {
  for (const part of history.partsAtHand().filter((own) => !capabilities.overview.includes(own))) {
    await recallBlocks(archive, accountId, history, part, history.daysAtHand(part));
  }
}

/** The days of the months before, which forecasts are made of; none is asked for. */
export async function recallEarlier(
  {
    archive,
    accountId,
    history,
    capabilities,
  }: Pick<UsageRecall, 'archive' | 'accountId' | 'history' | 'capabilities'>,
  account: Pick<Account, 'grouping'>,
  now: EpochMs,
): Promise<void> {
  for (const part of dayPartsOf(capabilities, account)) {
    await recallBlocks(archive, accountId, history, part, forecastDays(now));
  }
}

export interface UsageRecall {
  readonly capabilities: ProviderCapabilities;
  readonly archive: Archive;
  /** How the database names its rows. */
  readonly accountId: string;
  readonly history: History;
  readonly kept: KeptAccount;
  readonly before: AccountUsage;
}

/**
 * What can be shown at once: all figures of the month, from totals by machine, without its days. Undefined where no totals
 * are kept.
 */
export async function recallTotals({
  archive,
  accountId,
  history,
  capabilities,
  kept: { parts },
}: Omit<UsageRecall, 'before'>): Promise<AccountUsage | undefined> {
  const period = monthToDate(newestOf(capabilities, parts));
  const [totals] = await archive.blocks(accountId, 'monthTotals', [utcDay(period.start)]);
  return totals === undefined || history.isVoid(totals.asOf)
    ? undefined
    : {
        ...emptyUsage(period),
        summary: partOfMonth(parts.summary, period) as Reading<UsageSummary>,
        ...breakdownsOf(capabilities, (name) => {
          const { value: _, ...told } = partOfMonth(parts[name], period);
          return told;
        }),
        machines: (parts.machines ?? {}) as Reading<readonly Machine[]>,
        totals: totals.columns,
      };
}

/** The usage as it was kept: the month to date at the time of the newest part. */
export async function recallUsage({
  archive,
  accountId,
  history,
  capabilities,
  kept: { parts },
  before,
}: UsageRecall): Promise<AccountUsage> {
  const breakdowns = overviewParts(capabilities);
  const newest = newestOf(capabilities, parts);
  if (newest === 0) {
    return { ...before, summary: withFailure(before.summary, parts.summary) };
  }
  const period = monthToDate(newest);
  history.refreshedAt = Math.max(
    history.refreshedAt,
    (breakdowns[0] === undefined ? parts.summary : parts[breakdowns[0][0]])?.asOf ?? 0,
  );
  for (const part of capabilities.overview) {
    await recallBlocks(archive, accountId, history, part, daysOf(period));
  }
  const breakdown = (name: HistoryPart, part: KeptReading | undefined): AccountUsage['compute'] => {
    const range = dayRange(period.start, part?.asOf ?? newest);
    const { failure: _, ...known } = overviewOf(history, name, range);
    return { ...known, ...failureOf(part) };
  };
  return {
    ...emptyUsage(period),
    summary: partOfMonth(parts.summary, period) as Reading<UsageSummary>,
    ...breakdownsOf(capabilities, (name, part) => breakdown(part, parts[name])),
    machines: (parts.machines ?? {}) as Reading<readonly Machine[]>,
  };
}

/** When anything of the month was last read; 0 when never. */
function newestOf(capabilities: ProviderCapabilities, parts: KeptAccount['parts']): EpochMs {
  const read = [parts.summary, ...overviewParts(capabilities).map(([name]) => parts[name])];
  return Math.max(...read.map((part) => part?.asOf ?? 0));
}

/** What was read in another month says nothing of this one. */
function partOfMonth(part: KeptReading | undefined, { start }: Period): KeptReading {
  return part?.asOf !== undefined && monthOf(part.asOf).start === start ? part : failureOf(part);
}

/** The days of a month up to the one in which a breakdown was read. */
function dayRange(start: EpochMs, asOf: EpochMs): { readonly start: EpochMs; readonly end: EpochMs } {
  return monthOf(asOf).start === start ? monthToDate(asOf) : { start, end: start };
}

function failureOf(part: KeptReading | undefined): Pick<KeptReading, 'failure'> {
  return part?.failure === undefined ? {} : { failure: part.failure };
}

function withFailure<T>(before: Reading<T>, kept: KeptReading | undefined): Reading<T> {
  return { ...before, ...failureOf(kept) };
}
