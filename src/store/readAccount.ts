import type { UsagePlan } from '../providers/plan';
import type { UsageSource } from '../providers/provider';
import { type Failure, toFailure } from '../usage/failure';
import { type EpochMs, type Period, monthToDate } from '../usage/time';
import { type AccountUsage, PARTS, type Reading, emptyUsage } from './accountUsage';
import type { History, Want } from './history';
import { breakdownsOf, overviewOf, overviewWants } from './overview';

/** Failures that concern the key, the address or the account itself: the other requests would meet the same. */
const SHARED: ReadonlySet<Failure['kind']> = new Set<Failure['kind']>([
  'keyMissing',
  'keyForOtherAddress',
  'keyRejected',
  'organisationMismatch',
  'outOfCredits',
  'rateLimited',
  'badAddress',
  'redirected',
  'certificate',
  'unreachable',
  'cancelled',
]);

/** Whether other requests of the same account would meet the same failure, so that there is no point in sending them. */
export function concernsAccount({ kind }: Failure): boolean {
  return SHARED.has(kind);
}

export interface AccountReading {
  readonly plan: UsagePlan;
  readonly open: () => Promise<UsageSource>;
  readonly now: () => EpochMs;
  readonly history: History;
  /** Reads days into the history; never rejects. */
  readonly load: (wants: readonly Want[]) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Reads the month to date: the summary, the machines, and of the days those that are not at hand, that were still open,
 * or that are due for a look at restatements. No hours. Never throws; failures are in the parts.
 */
export async function readAccount({
  plan,
  open,
  now,
  history,
  load,
  signal,
}: AccountReading): Promise<AccountUsage> {
  const startedAt = now();
  const period = monthToDate(startedAt);
  let source: UsageSource;
  try {
    source = await open();
  } catch (error) {
    return allFailed(period, toFailure(error));
  }
  const summary = await attempt(() => source.summary?.(period, signal), now);
  if (summary.failure !== undefined && concernsAccount(summary.failure)) {
    return allFailed(period, summary.failure);
  }
  history.refreshedAt = startedAt;
  history.dropVoid();
  history.forgive(false);
  const [machines] = await Promise.all([
    attempt(() => source.machines?.(signal), now),
    load(overviewWants(plan, period).filter((want) => !history.isCurrent(want))),
  ]);
  const breakdowns = breakdownsOf(plan, (_name, part) => overviewOf(history, part, period));
  return { ...emptyUsage(period), summary, machines, ...breakdowns };
}

/** Nothing where the vendor has no such thing. */
async function attempt<T>(read: () => Promise<T> | undefined, now: () => EpochMs): Promise<Reading<T>> {
  const asOf = now();
  try {
    const value = await read();
    return value === undefined ? {} : { value, asOf };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

function allFailed(period: Period, failure: Failure): AccountUsage {
  const failed = PARTS.map((part) => [part, { failure }]);
  return { period, ...(Object.fromEntries(failed) as Omit<AccountUsage, 'period'>) };
}
