import type { DayColumns, UsageColumns } from '../usage/columns';
import type { Failure } from '../usage/failure';
import { type EpochMs, type Period, type UtcDay, daysOf } from '../usage/time';
import type { Reading } from './accountUsage';
import { dueAgainAt } from './fetchPlan';
import type { History, HistoryPart, Want } from './history';

/** The breakdowns of which the month's overview consists. */
export const OVERVIEW_PARTS: readonly HistoryPart[] = ['computeDays', 'storageDays'];

export function overviewWants(period: Period): Want[] {
  return OVERVIEW_PARTS.flatMap((part) => daysOf(period).map((day) => ({ part, day })));
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
