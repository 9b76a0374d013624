import type { KeptBlock, LookedAt } from '../../../src/database/operations';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import type { RowQuery, UsageSource } from '../../../src/providers/provider';
import type { DayKey } from '../../../src/store/dayBlock';
import { DayCache } from '../../../src/store/dayCache';
import { DayLoader } from '../../../src/store/dayLoader';
import { unlessAborted } from '../../../src/store/unlessAborted';
import type { BreakdownId } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import type { Failure } from '../../../src/usage/failure';
import { DAY, daysOf, startOfDay, utcDay } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

/** A loader of days whose vendor, database and lease are a test’s own. */

export const NOW = Date.UTC(2026, 10, 20, 12);

export function wants(part: BreakdownId, first: string, count: number): DayKey[] {
  const start = startOfDay(first);
  return daysOf({ start, end: start + count * DAY }).map((day) => ({ part, day }));
}

export interface World {
  readonly dayCache: DayCache;
  readonly loader: DayLoader;
  readonly asked: string[];
  readonly failures: Failure[];
  /** Decides what a request gets; buckets of its days without it. */
  restore: (part: BreakdownId, days: readonly string[]) => void;
  restores: boolean;
  readonly saved: KeptBlock[];
  readonly looked: LookedAt[];
  /** Replies cover no day before this one. */
  coveredFrom: string;
  /** How often the lease was taken and not given back. */
  leases: number;
  onLease: () => void;
  answer: (name: string, query: RowQuery, signal: AbortSignal | undefined) => Promise<UsageBucket[]>;
}

const NAMES: Readonly<Record<string, string>> = { computeDays: 'day', computeHours: 'hour' };

/** @param hang what never answers, whatever it is told */
export function world(hang?: 'answer' | 'open' | 'lease'): World {
  const never = new Promise<never>(() => {});
  const asked: string[] = [];
  const failures: Failure[] = [];
  const dayCache = new DayCache();
  const read = (name: string) => (query: RowQuery, signal?: AbortSignal) => {
    const label = `${name} ${utcDay(query.period.start)}..${utcDay(query.period.end - 1)}`;
    asked.push(label);
    const covered = daysOf(query.period).filter((day) => day >= own.coveredFrom);
    return (hang === 'answer' ? never : own.answer(label, query, signal)).then((buckets) =>
      columnsByDay(buckets, covered),
    );
  };
  const source: Partial<UsageSource> = {
    rows: (part, query, signal) => read(NAMES[part] ?? part)(query, signal),
  };
  const own: World = {
    dayCache,
    asked,
    failures,
    ...{
      restore: () => {},
      restores: false,
      saved: [],
      looked: [],
      coveredFrom: '',
      leases: 0,
      onLease: () => {},
    },
    loader: new DayLoader({
      capabilities: MACHINE_CAPABILITIES,
      dayCache,
      now: () => NOW,
      open: () => (hang === 'open' ? never : Promise.resolve(source as UsageSource)),
      restore: (part, days) => {
        own.restore(part, days);
        return Promise.resolve();
      },
      save: (blocks, looked) => {
        own.saved.push(...blocks);
        own.looked.push(...looked);
        return Promise.resolve();
      },
      restores: () => own.restores,
      lease: {
        take: async (signal) => {
          await (hang === 'lease' ? unlessAborted(never, signal) : undefined);
          own.leases += 1;
          own.onLease();
        },
        giveBack: () => {
          own.leases -= 1;
          return Promise.resolve();
        },
      },
      onFailure: (failure) => failures.push(failure),
      onChange: () => {},
    }),
    answer: (_label, { period }) => Promise.resolve(daysOf(period).map((day) => computeDay('m', day, 60))),
  };
  return own;
}
