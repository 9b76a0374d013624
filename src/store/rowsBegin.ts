import type { BreakdownId } from '../usage/breakdownId';
import { isStorageMeter } from '../usage/columns/totals';
import type { MeterId } from '../usage/meter';
import { type Period, type UtcDay, utcDay } from '../usage/time';
import type { DayCache } from './dayCache';

/** Breakdowns by day and by bucket; a day at hand in both counts by day. */
type Parts = readonly [days: BreakdownId, buckets: BreakdownId];

const COMPUTE: Parts = ['computeDays', 'computeHours'];
const STORAGE: Parts = ['storageDays', 'storage'];

/**
 * Whether the vendor is known to have kept the days of a period: rows begin on its first day, or before. Empty days before the
 * first row may be older than what the vendor keeps, so they are unknown, not zero.
 */
export function isKeptFrom(dayCache: DayCache, period: Period, meter: MeterId): boolean {
  const begin = rowsBegin(dayCache, isStorageMeter(meter) ? STORAGE : COMPUTE);
  return begin !== undefined && begin <= utcDay(period.start);
}

interface Kept {
  readonly version: number;
  readonly days: Map<Parts, UtcDay | undefined>;
}

const kept = new WeakMap<DayCache, Kept>();

/** The first day at hand with a row; undefined if none has any. Memoized per version of the day cache. */
function rowsBegin(dayCache: DayCache, parts: Parts): UtcDay | undefined {
  let own = kept.get(dayCache);
  if (own?.version !== dayCache.version) {
    own = { version: dayCache.version, days: new Map() };
    kept.set(dayCache, own);
  }
  if (!own.days.has(parts)) {
    own.days.set(parts, firstWithRows(dayCache, parts));
  }
  return own.days.get(parts);
}

function firstWithRows(dayCache: DayCache, [days, buckets]: Parts): UtcDay | undefined {
  const all = new Set([...dayCache.daysAtHand(days), ...dayCache.daysAtHand(buckets)]);
  return [...all].sort().find((day) => {
    const block = dayCache.block(days, day) ?? dayCache.block(buckets, day);
    return block !== undefined && block.columns.length > 0;
  });
}
