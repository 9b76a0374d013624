import type { UsagePlan } from '../providers/plan';
import type { DayColumns, UsageColumns } from '../usage/columns';
import type { Failure } from '../usage/failure';
import { type EpochMs, type Period, type UtcDay, daysOf } from '../usage/time';
import type { Reading } from './accountUsage';
import { dueAgainAt } from './fetchPlan';
import type { History, Want } from './history';
import type { HistoryPart } from '../usage/part';

/** Which part is which breakdown of the month's overview. */
const OVERVIEW = { compute: 'computeDays', storage: 'storageDays', spend: 'spendDays' } as const;

export type OverviewName = keyof typeof OVERVIEW;

/** The breakdowns of a vendor's overview, by name. */
export function overviewParts({ overview }: UsagePlan): [OverviewName, HistoryPart][] {
  const all = Object.entries(OVERVIEW) as [OverviewName, HistoryPart][];
  return all.filter(([, part]) => overview.includes(part));
}

/** The breakdowns of a vendor's overview, each read in a way of the caller's. */
export function breakdownsOf(
  plan: UsagePlan,
  read: (name: OverviewName, part: HistoryPart) => Reading<DayColumns>,
): Partial<Record<OverviewName, Reading<DayColumns>>> {
  return Object.fromEntries(overviewParts(plan).map(([name, part]) => [name, read(name, part)]));
}

export function overviewWants({ overview }: Pick<UsagePlan, 'overview'>, period: Period): Want[] {
  return overview.flatMap((part) => daysOf(period).map((day) => ({ part, day })));
}

/**
 * A breakdown over the days of a period, from what is at hand. Known when every day is; true up to the oldest time at
 * which a day was asked for that was still open then.
 */
export function overviewOf(history: History, part: HistoryPart, period: Period): Reading<DayColumns> {
  const days = daysOf(period);
  const failure = days.map((day) => failureOf(history, { part, day })).find((found) => found !== undefined);
  const columns = new Map<UtcDay, UsageColumns>();
  const open: EpochMs[] = [];
  const all: EpochMs[] = [];
  for (const day of days) {
    const block = history.block(part, day);
    if (block === undefined) {
      return failure === undefined ? {} : { failure };
    }
    columns.set(day, block.columns);
    all.push(block.asOf);
    if (dueAgainAt(day, block.asOf) === 0) {
      open.push(block.asOf);
    }
  }
  const asOf = open.length > 0 ? Math.min(...open) : Math.max(...all);
  return { value: columns, asOf, ...(failure === undefined ? {} : { failure }) };
}

function failureOf(history: History, want: Want): Failure | undefined {
  return history.isCurrent(want) ? undefined : history.failure(want.part, want.day);
}
