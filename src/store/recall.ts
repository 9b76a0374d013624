import type { Machine, UsageSummary } from '../usage/bucket';
import { type EpochMs, type UtcDay, monthOf, monthToDate } from '../usage/time';
import { type AccountUsage, type Reading, emptyUsage } from './accountUsage';
import type { Archive } from './archive';
import type { KeptAccount, KeptPart } from './database/operations';
import type { History, HistoryPart } from './history';
import { OVERVIEW_PARTS, overviewOf, overviewWants } from './overview';

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
  const newer = days.filter((day) => (kept.get(day) ?? 0) > (history.block(part, day)?.asOf ?? 0));
  const step = OVERVIEW_PARTS.includes(part) ? newer.length : DAYS_AT_ONCE;
  for (let from = 0; from < newer.length; from += step) {
    for (const { day, ...block } of await archive.blocks(accountId, part, newer.slice(from, from + step))) {
      history.keep({ part, day }, block);
    }
  }
}

/** What another process has read anew of the days that are at hand. */
export async function recallNewer(archive: Archive, accountId: string, history: History): Promise<void> {
  for (const part of ['computeHours', 'storage'] as const) {
    await recallBlocks(archive, accountId, history, part, history.daysAtHand(part));
  }
}

export interface UsageRecall {
  readonly archive: Archive;
  readonly accountId: string;
  readonly history: History;
  readonly kept: KeptAccount;
  readonly before: AccountUsage;
}

/** The usage as it was kept: the month to date at the time of the newest part. */
export async function recallUsage({
  archive,
  accountId,
  history,
  kept: { parts },
  before,
}: UsageRecall): Promise<AccountUsage> {
  const newest = Math.max(...[parts.summary, parts.compute, parts.storage].map((part) => part?.asOf ?? 0));
  if (newest === 0) {
    return { ...before, summary: withFailure(before.summary, parts.summary) };
  }
  const period = monthToDate(newest);
  history.refreshedAt = Math.max(history.refreshedAt, parts.compute?.asOf ?? 0);
  const days = [...new Set(overviewWants(period).map(({ day }) => day))];
  for (const part of OVERVIEW_PARTS) {
    await recallBlocks(archive, accountId, history, part, days);
  }
  const ofMonth = (part: KeptPart | undefined): KeptPart =>
    part?.asOf !== undefined && monthOf(part.asOf).start === period.start ? part : failureOf(part);
  const breakdown = (name: HistoryPart, part: KeptPart | undefined): AccountUsage['compute'] => {
    const { value, asOf } = overviewOf(history, name, dayRange(period.start, part?.asOf ?? newest));
    return value === undefined
      ? failureOf(part)
      : { value, ...(asOf === undefined ? {} : { asOf }), ...failureOf(part) };
  };
  return {
    ...emptyUsage(period),
    summary: ofMonth(parts.summary) as Reading<UsageSummary>,
    compute: breakdown('computeDays', parts.compute),
    storage: breakdown('storageDays', parts.storage),
    machines: (parts.machines ?? {}) as Reading<readonly Machine[]>,
  };
}

/** The days of a month up to the one in which a breakdown was read. */
function dayRange(start: EpochMs, asOf: EpochMs): { readonly start: EpochMs; readonly end: EpochMs } {
  return monthOf(asOf).start === start ? monthToDate(asOf) : { start, end: start };
}

function failureOf(part: KeptPart | undefined): Pick<KeptPart, 'failure'> {
  return part?.failure === undefined ? {} : { failure: part.failure };
}

function withFailure<T>(before: Reading<T>, kept: KeptPart | undefined): Reading<T> {
  return { ...before, ...failureOf(kept) };
}
