import type { KeptAccount, KeptReading } from '../database/operations';
import type { ProviderCapabilities } from '../providers/capabilities';
import type { Account } from '../usage/account';
import type { BreakdownId } from '../usage/breakdownId';
import type { Machine, UsageSummary } from '../usage/bucket';
import { daysOf, type EpochMs, monthOf, monthToDate, type Period, type UtcDay, utcDay } from '../usage/time';
import { type AccountUsage, emptyUsage, type Reading } from './accountUsage';
import type { DatabaseCache } from './databaseCache';
import type { DayCache } from './dayCache';
import { dayPartsOf } from './dayParts';
import { breakdownsOf, overviewOf, overviewParts } from './overview';
import { forecastDays } from './refetchPolicy';

/** Days handed over at once: hours of a large fleet take megabytes a day. */
const DAYS_AT_ONCE = 4;

/** Loads what the database has of these days into the cache, where it is newer. */
export async function restoreBlocks(
  databaseCache: DatabaseCache,
  accountId: string,
  dayCache: DayCache,
  part: BreakdownId,
  days: readonly UtcDay[],
): Promise<void> {
  if (days.length === 0) {
    return;
  }
  const kept = await databaseCache.days(accountId, part);
  const newer = days.filter((day) => {
    const asOf = kept.get(day) ?? 0;
    return asOf > (dayCache.block(part, day)?.asOf ?? 0) && !dayCache.isVoid(asOf);
  });
  const step = part.endsWith('Days') ? newer.length : DAYS_AT_ONCE;
  for (let from = 0; from < newer.length; from += step) {
    for (const { day, ...block } of await databaseCache.blocks(
      accountId,
      part,
      newer.slice(from, from + step),
    )) {
      dayCache.keep({ part, day }, block);
    }
  }
}

/** Loads newer data of days at hand that others have read, beyond the overview, which comes whole. */
export async function restoreNewer({
  databaseCache,
  accountId,
  dayCache,
  capabilities,
}: Pick<UsageRestore, 'databaseCache' | 'accountId' | 'dayCache' | 'capabilities'>): Promise<void> {
  for (const part of dayCache.partsAtHand().filter((own) => !capabilities.overview.includes(own))) {
    await restoreBlocks(databaseCache, accountId, dayCache, part, dayCache.daysAtHand(part));
  }
}

/** Loads the days that forecasts use; requests none from the vendor. */
export async function restoreEarlier(
  {
    databaseCache,
    accountId,
    dayCache,
    capabilities,
  }: Pick<UsageRestore, 'databaseCache' | 'accountId' | 'dayCache' | 'capabilities'>,
  account: Pick<Account, 'grouping'>,
  now: EpochMs,
): Promise<void> {
  for (const part of dayPartsOf(capabilities, account)) {
    await restoreBlocks(databaseCache, accountId, dayCache, part, forecastDays(now));
  }
}

export interface UsageRestore {
  readonly capabilities: ProviderCapabilities;
  readonly databaseCache: DatabaseCache;
  /** How the database names its rows. */
  readonly accountId: string;
  readonly dayCache: DayCache;
  readonly kept: KeptAccount;
  readonly before: AccountUsage;
}

/** All figures of the month, from totals by machine, before any day is opened. Undefined where no totals are kept. */
export async function restoreTotals({
  databaseCache,
  accountId,
  dayCache,
  capabilities,
  kept: { parts },
}: Omit<UsageRestore, 'before'>): Promise<AccountUsage | undefined> {
  const period = monthToDate(newestOf(capabilities, parts));
  const [totals] = await databaseCache.blocks(accountId, 'monthTotals', [utcDay(period.start)]);
  return totals === undefined || dayCache.isVoid(totals.asOf)
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
export async function restoreUsage({
  databaseCache,
  accountId,
  dayCache,
  capabilities,
  kept: { parts },
  before,
}: UsageRestore): Promise<AccountUsage> {
  const breakdowns = overviewParts(capabilities);
  const newest = newestOf(capabilities, parts);
  if (newest === 0) {
    return { ...before, summary: withFailure(before.summary, parts.summary) };
  }
  const period = monthToDate(newest);
  dayCache.refreshedAt = Math.max(
    dayCache.refreshedAt,
    (breakdowns[0] === undefined ? parts.summary : parts[breakdowns[0][0]])?.asOf ?? 0,
  );
  for (const part of capabilities.overview) {
    await restoreBlocks(databaseCache, accountId, dayCache, part, daysOf(period));
  }
  const breakdown = (name: BreakdownId, part: KeptReading | undefined): AccountUsage['compute'] => {
    const range = dayRange(period.start, part?.asOf ?? newest);
    const { failure: _, ...known } = overviewOf(dayCache, name, range);
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

/** A reading of another month says nothing about this one. */
function partOfMonth(part: KeptReading | undefined, { start }: Period): KeptReading {
  return part?.asOf !== undefined && monthOf(part.asOf).start === start ? part : failureOf(part);
}

/** The days of a month, up to the day on which a breakdown was read. */
function dayRange(start: EpochMs, asOf: EpochMs): { readonly start: EpochMs; readonly end: EpochMs } {
  return monthOf(asOf).start === start ? monthToDate(asOf) : { start, end: start };
}

function failureOf(part: KeptReading | undefined): Pick<KeptReading, 'failure'> {
  return part?.failure === undefined ? {} : { failure: part.failure };
}

function withFailure<T>(before: Reading<T>, kept: KeptReading | undefined): Reading<T> {
  return { ...before, ...failureOf(kept) };
}
