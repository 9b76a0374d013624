import type { AccountUsage } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import { isKeptFrom } from '../../store/rowsBegin';
import { wantsWithin } from '../../store/usedWithin';
import type { DayColumns } from '../../usage/columns/columns';
import type { MeterId } from '../../usage/meter';
import type { Range } from '../../usage/range';
import type { EpochMs, Period } from '../../usage/time';
import { meteredThrough } from '../month/monthComparison';
import { changesBetween, type MeterChange, type PeriodRows } from './changesBetween';
import { rowsWithin } from './rowsWithin';

/** A period up to now, and the same length of the one before. Both are whole hours. */
export interface ComparedPeriods {
  readonly now: Period;
  readonly before: Period;
}

/** Undefined while nothing of the period has been metered, or if the period before is empty. */
export function comparedPeriods(
  usage: AccountUsage,
  { period, previous }: Pick<Range, 'period' | 'previous'>,
): ComparedPeriods | undefined {
  const times = [meteredThrough(usage, 'awake_seconds'), meteredThrough(usage, 'storage_mib_seconds')];
  const through = times.reduce<EpochMs | undefined>(earlier, undefined);
  const end = through === undefined ? undefined : Math.min(period.end, through);
  if (end === undefined || end <= period.start) {
    return undefined;
  }
  // A month that is over is compared with the whole month before, however many days that has.
  const sameEnd = end === period.end ? previous.end : previous.start + (end - period.start);
  const before = { start: previous.start, end: Math.min(sameEnd, previous.end) };
  return before.start < before.end ? { now: { start: period.start, end }, before } : undefined;
}

/** The days that {@link periodChanges} needs. */
export function changeWants({ now, before }: ComparedPeriods): DayKey[] {
  return [now, before].flatMap((period) => [
    ...wantsWithin(period, 'awake_seconds'),
    ...wantsWithin(period, 'storage_mib_seconds'),
  ]);
}

/**
 * What changed between two periods, by meter. Leaves a meter out when rows are missing, when a bucket crosses an edge, or when
 * its rows begin within the earlier period: nobody knows whether there was no usage before or it is no longer kept.
 */
export function periodChanges(dayCache: DayCache, { now, before }: ComparedPeriods): MeterChange[] {
  const known = (period: Period, meter: MeterId): DayColumns | undefined =>
    isKeptFrom(dayCache, before, meter) ? rowsWithin(dayCache, period, meter) : undefined;
  const rows = (period: Period): PeriodRows => ({
    compute: known(period, 'awake_seconds'),
    storage: known(period, 'storage_mib_seconds'),
  });
  return changesBetween(rows(now), rows(before));
}

function earlier(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
