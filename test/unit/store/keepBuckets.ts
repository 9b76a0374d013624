import type { DayCache } from '../../../src/store/dayCache';
import type { BreakdownId } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { dayTotals } from '../../../src/usage/columns/dayTotals';
import { daysOf, type Period } from '../../../src/usage/time';

/** Puts buckets into a history as if they had been read at `asOf`: every day of the period, empty ones too. */
export function keepBuckets(
  dayCache: DayCache,
  part: BreakdownId,
  period: Period,
  buckets: readonly UsageBucket[],
  asOf: number,
): void {
  for (const [day, columns] of columnsByDay(buckets, daysOf(period))) {
    dayCache.keep({ part, day }, { columns: part === 'storageDays' ? dayTotals(columns) : columns, asOf });
  }
}
