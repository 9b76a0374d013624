import type { ProviderCapabilities } from '../providers/capabilities';
import type { UsageSource } from '../providers/provider';
import { type Failure, toFailure } from '../usage/failure';
import { DAY, type EpochMs, monthToDate, type Period } from '../usage/time';
import { type AccountUsage, emptyUsage, type MonthSection, PARTS, type Reading } from './accountUsage';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import { breakdownsOf, overviewOf, overviewParts, overviewWants } from './overview';

/** Failures that concern the key, the address or the account itself: the other requests would meet the same. */
const SHARED: ReadonlySet<Failure['kind']> = new Set<Failure['kind']>([
  'keyMissing',
  'keychain',
  'keyForOtherAddress',
  'keyRejected',
  'organisationMismatch',
  'outOfCredits',
  'rateLimited',
  'badAddress',
  'redirected',
  'blocked',
  'certificate',
  'proxyLogin',
  'unreachable',
  'cancelled',
]);

/** Whether other requests of the same account would meet the same failure, so that there is no point in sending them. */
export function concernsAccount({ kind }: Failure): boolean {
  return SHARED.has(kind);
}

/** How rarely a breakdown that is gone is asked for, unless a person asks. */
const ASKED_RARELY_MS = DAY;

export interface AccountReading {
  readonly capabilities: ProviderCapabilities;
  readonly source: UsageSource;
  readonly now: () => EpochMs;
  readonly dayCache: DayCache;
  /** What is known so far. */
  readonly before: AccountUsage;
  readonly byPerson: boolean;
  /** Loads days into the cache; never rejects. */
  readonly load: (wants: readonly DayKey[]) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Reads the month to date: the summary, the machines, and the days that are not at hand, were still open, or are due for a
 * check for restatements. No hours. Never throws; failures are in the parts.
 */
export async function readAccount({
  capabilities,
  source,
  now,
  dayCache,
  before,
  byPerson,
  load,
  signal,
}: AccountReading): Promise<AccountUsage> {
  const startedAt = now();
  const period = monthToDate(startedAt);
  const left = byPerson ? [] : PARTS.filter((part) => isLeftAlone(before[part].failure, startedAt));
  const unlessLeft = <T>(part: MonthSection, read: () => T): T | Pick<Reading<never>, 'failure'> => {
    const { failure } = before[part];
    return left.includes(part) && failure !== undefined ? { failure } : read();
  };
  const summary = await unlessLeft('summary', () => attempt(() => source.summary?.(period, signal), now));
  if (summary.failure !== undefined && concernsAccount(summary.failure)) {
    return allFailed(period, summary.failure);
  }
  dayCache.refreshedAt = startedAt;
  dayCache.dropVoid();
  dayCache.clearFailures(false);
  const overview = overviewParts(capabilities).filter(([name]) => !left.includes(name));
  const wanted = overviewWants({ overview: overview.map(([, part]) => part) }, period);
  const [machines] = await Promise.all([
    unlessLeft('machines', () => attempt(() => source.machines?.(signal), now)),
    load(wanted.filter((want) => !dayCache.isCurrent(want))),
  ]);
  const breakdowns = breakdownsOf(capabilities, (name, part) =>
    unlessLeft(name, () => overviewOf(dayCache, part, period)),
  );
  return withGone({ ...emptyUsage(period), summary, machines, ...breakdowns }, before, startedAt);
}

function isLeftAlone(failure: Failure | undefined, now: EpochMs): boolean {
  return failure?.kind === 'gone' && failure.askedAt <= now && now - failure.askedAt < ASKED_RARELY_MS;
}

/** A breakdown that was there before and is not found is gone: its figures stay true up to then. */
function withGone(fresh: AccountUsage, before: AccountUsage, askedAt: EpochMs): AccountUsage {
  const parts = PARTS.map((part) => {
    const { failure } = fresh[part];
    const keptUntil = keptUntilOf(before[part]);
    return failure?.kind === 'notFound' && keptUntil !== undefined
      ? [part, { ...fresh[part], failure: { kind: 'gone', url: failure.url, keptUntil, askedAt } }]
      : [part, fresh[part]];
  });
  return { ...fresh, ...(Object.fromEntries(parts) as Omit<AccountUsage, 'period'>) };
}

function keptUntilOf({ asOf, failure }: Reading<unknown>): EpochMs | undefined {
  return failure?.kind === 'gone' ? failure.keptUntil : asOf;
}

/** Empty if the vendor has no such thing. */
async function attempt<T>(read: () => Promise<T> | undefined, now: () => EpochMs): Promise<Reading<T>> {
  const asOf = now();
  try {
    const value = await read();
    return value === undefined ? {} : { value, asOf };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

export function allFailed(period: Period, failure: Failure): AccountUsage {
  const failed = PARTS.map((part) => [part, { failure }]);
  return { period, ...(Object.fromEntries(failed) as Omit<AccountUsage, 'period'>) };
}
