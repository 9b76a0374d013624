import type { UsageSource } from '../providers/provider';
import { type Failure, toFailure } from '../usage/failure';
import { type EpochMs, type Period, monthToDate } from '../usage/time';
import { type AccountUsage, type Reading, emptyUsage } from './accountUsage';

/** Failures that concern the key, the address or the account itself: the other requests would meet the same. */
const SHARED: ReadonlySet<Failure['kind']> = new Set<Failure['kind']>([
  'keyMissing',
  'keyForOtherAddress',
  'keyRejected',
  'organisationMismatch',
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

/** Reads the month to date: days for all machines, and no hours. Never throws; failures are in the parts. */
export async function readAccount(
  open: () => Promise<UsageSource>,
  now: () => EpochMs,
  signal: AbortSignal,
): Promise<AccountUsage> {
  const period = monthToDate(now());
  let source: UsageSource;
  try {
    source = await open();
  } catch (error) {
    return allFailed(period, toFailure(error));
  }
  const summary = await attempt(() => source.summary(period, signal), now);
  if (summary.failure !== undefined && concernsAccount(summary.failure)) {
    return allFailed(period, summary.failure);
  }
  const [compute, storage, machines] = await Promise.all([
    attempt(() => source.computeBuckets({ period }, 'day', signal), now),
    attempt(() => source.storageBuckets({ period }, signal), now),
    attempt(() => source.machines(signal), now),
  ]);
  return { period, summary, compute, storage, machines };
}

async function attempt<T>(read: () => Promise<T>, now: () => EpochMs): Promise<Reading<T>> {
  const asOf = now();
  try {
    return { value: await read(), asOf };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

function allFailed(period: Period, failure: Failure): AccountUsage {
  return {
    ...emptyUsage(period),
    summary: { failure },
    compute: { failure },
    storage: { failure },
    machines: { failure },
  };
}
