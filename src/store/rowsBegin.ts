import { isStorageMeter } from '../usage/columns/totals';
import type { MeterId } from '../usage/meter';
import type { HistoryPart } from '../usage/part';
import { type Period, type UtcDay, utcDay } from '../usage/time';
import type { History } from './history';

/** By day, and by bucket; a day that is at hand by day is looked at as that. */
type Parts = readonly [days: HistoryPart, buckets: HistoryPart];

const COMPUTE: Parts = ['computeDays', 'computeHours'];
const STORAGE: Parts = ['storageDays', 'storage'];

/**
 * Whether the vendor is known to have kept the days of a period: rows begin on its first day, or before. Days without a row
 * before any that has one may be past what it keeps, so they are unknown, and not zero.
 */
export function isKeptFrom(history: History, period: Period, meter: MeterId): boolean {
  const begin = rowsBegin(history, isStorageMeter(meter) ? STORAGE : COMPUTE);
  return begin !== undefined && begin <= utcDay(period.start);
}

interface Kept {
  readonly version: number;
  readonly days: Map<Parts, UtcDay | undefined>;
}

const kept = new WeakMap<History, Kept>();

/** The first day at hand with a row; undefined when none has any. Looked for once for each state of a history. */
function rowsBegin(history: History, parts: Parts): UtcDay | undefined {
  let own = kept.get(history);
  if (own?.version !== history.version) {
    own = { version: history.version, days: new Map() };
    kept.set(history, own);
  }
  if (!own.days.has(parts)) {
    own.days.set(parts, firstWithRows(history, parts));
  }
  return own.days.get(parts);
}

function firstWithRows(history: History, [days, buckets]: Parts): UtcDay | undefined {
  const all = new Set([...history.daysAtHand(days), ...history.daysAtHand(buckets)]);
  return [...all].sort().find((day) => {
    const block = history.block(days, day) ?? history.block(buckets, day);
    return block !== undefined && block.columns.length > 0;
  });
}
