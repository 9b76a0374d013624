import { add, type Amount } from '../usage/amount';
import type { BreakdownId } from '../usage/breakdownId';
import { amountAt, endAt, startAt, type UsageColumns } from '../usage/columns/columns';
import { dayAmount } from '../usage/columns/dayAmount';
import { isStorageMeter } from '../usage/columns/totals';
import type { MeterId } from '../usage/meter';
import { dayPeriod, daysOf, type EpochMs, type Period } from '../usage/time';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';

/** The days that {@link usedWithin} reads: whole ones by day, cut ones by bucket. */
export function wantsWithin(period: Period, meter: MeterId): DayKey[] {
  return daysOf(period).map((day) => ({ part: partOf(period, day, meter), day }));
}

/**
 * The exact amount of a meter that all machines used within `[start, end)`. Undefined if a day was not read, or not to its end
 * within the period, if a row lacks the meter, or if a bucket crosses an edge of the period.
 */
export function usedWithin(dayCache: DayCache, period: Period, meter: MeterId): Amount | undefined {
  let sum: Amount = 0;
  for (const { part, day } of wantsWithin(period, meter)) {
    const block = dayCache.block(part, day);
    const own = block === undefined ? undefined : sumWithin(block.columns, dayPeriod(day), period, meter);
    if (block === undefined || own === undefined || block.asOf < Math.min(dayPeriod(day).end, period.end)) {
      return undefined;
    }
    sum = add(sum, own);
  }
  return sum;
}

function partOf(period: Period, day: string, meter: MeterId): BreakdownId {
  const { start, end } = dayPeriod(day);
  const whole = start >= period.start && end <= period.end;
  if (isStorageMeter(meter)) {
    return whole ? 'storageDays' : 'storage';
  }
  return whole ? 'computeDays' : 'computeHours';
}

/** Memoizes the sums of whole days, since many periods have most of their days in common. */
function sumWithin(columns: UsageColumns, day: Period, period: Period, meter: MeterId): Amount | undefined {
  if (dayAmount(columns, meter)?.whole !== true) {
    return undefined;
  }
  if (day.start < period.start || day.end > period.end) {
    return sumOf(columns, period, meter);
  }
  const sums = wholeDays.get(columns) ?? new Map<MeterId, Amount | undefined>();
  wholeDays.set(columns, sums);
  if (!sums.has(meter)) {
    sums.set(meter, sumOf(columns, day, meter));
  }
  return sums.get(meter);
}

const wholeDays = new WeakMap<UsageColumns, Map<MeterId, Amount | undefined>>();

function sumOf(columns: UsageColumns, period: Period, meter: MeterId): Amount | undefined {
  let sum: Amount = 0;
  for (let row = 0; row < columns.length; row += 1) {
    const start: EpochMs = startAt(columns, row);
    const end: EpochMs = endAt(columns, row);
    if (end <= period.start || start >= period.end) {
      continue;
    }
    if (start < period.start || end > period.end) {
      return undefined;
    }
    sum = add(sum, amountAt(columns, meter, row) ?? 0);
  }
  return sum;
}
