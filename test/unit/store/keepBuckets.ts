import type { History } from '../../../src/store/history';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { dayTotals } from '../../../src/usage/columns/dayTotals';
import type { HistoryPart } from '../../../src/usage/part';
import { daysOf, type Period } from '../../../src/usage/time';

/** Puts buckets into a history as if they had been read at `asOf`: every day of the period, empty ones too. */
export function keepBuckets(
  history: History,
  part: HistoryPart,
  period: Period,
  buckets: readonly UsageBucket[],
  asOf: number,
): void {
  for (const [day, columns] of columnsByDay(buckets, daysOf(period))) {
    history.keep({ part, day }, { columns: part === 'storageDays' ? dayTotals(columns) : columns, asOf });
  }
}
