import type { DayColumns } from '../usage/columns';
import type { MeterId } from '../usage/meter';
import type { Range } from '../usage/range';
import type { EpochMs, Period } from '../usage/time';
import { type MeterChange, type PeriodRows, whatChanged } from '../usage/whatChanged';
import type { AccountUsage } from './accountUsage';
import type { History, Want } from './history';
import { meteredThrough } from './monthComparison';
import { isKeptFrom } from './rowsBegin';
import { rowsWithin } from './rowsWithin';
import { wantsWithin } from './usedWithin';

/** A period as far as it has come, and as much of the one before. Both are whole hours. */
export interface ComparedPeriods {
  readonly now: Period;
  readonly before: Period;
}

/** Undefined while nothing of the period has been metered, and where the month before was over by then. */
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

/** The days that {@link periodChanges} takes. */
export function changeWants({ now, before }: ComparedPeriods): Want[] {
  return [now, before].flatMap((period) => [
    ...wantsWithin(period, 'awake_seconds'),
    ...wantsWithin(period, 'storage_mib_seconds'),
  ]);
}

/**
 * What changed from one period to the other, by meter. A meter is left out of which not all rows are at hand, whose buckets
 * lie across an edge, or whose rows begin after the period before has begun: whether there was no usage until then, or it is no
 * longer kept, nobody knows.
 */
export function periodChanges(history: History, { now, before }: ComparedPeriods): MeterChange[] {
  const known = (period: Period, meter: MeterId): DayColumns | undefined =>
    isKeptFrom(history, before, meter) ? rowsWithin(history, period, meter) : undefined;
  const rows = (period: Period): PeriodRows => ({
    compute: known(period, 'awake_seconds'),
    storage: known(period, 'storage_mib_seconds'),
  });
  return whatChanged(rows(now), rows(before));
}

function earlier(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
