import type { DayBlock } from '../../../store/dayBlock';
import { dataThroughAt, endAt, startAt, type UsageColumns } from '../../../usage/columns/columns';
import { startsElsewhere } from '../../../usage/elsewhere';
import { isMoney, type MeterId } from '../../../usage/meter';
import { DAY, type EpochMs, HOUR, startOfDay, type UtcDay, utcDay } from '../../../usage/time';
import type { Blocks } from './chartSource';

/** A vendor that measured within this time is still measuring; otherwise, machines sleep. */
const MEASURING = 3 * HOUR;

/** The vendor may no longer keep days older than this. */
const KEPT_FOR = 30 * DAY;

/** Input for looking up slots of a chart. */
interface Sought {
  readonly blocks: Blocks;
  readonly meter: MeterId;
  readonly length: number;
  /** The vendor may no longer keep earlier days. */
  readonly firstKept: UtcDay | undefined;
  /** The day that may be shown in part, as far as read, since it is marked as open. */
  readonly openDay: UtcDay | undefined;
}

/**
 * Whether the slot beginning at `start` is known: read to its end (on the open day, its start), in the unit on screen.
 */
export function knownUntil({
  blocks,
  meter,
  length,
  firstKept,
  openDay,
}: Sought): (start: EpochMs) => boolean {
  const elsewhere = new Set<EpochMs>();
  for (const block of isMoney(meter) ? blocks.values() : []) {
    for (const at of block === undefined ? [] : startsElsewhere(block.columns, meter)) {
      elsewhere.add(Math.floor(at / length) * length);
    }
  }
  return (start) => {
    const day = utcDay(start);
    const asOf = blocks.get(day)?.asOf;
    const isKept = firstKept === undefined || day >= firstKept;
    const isRead = asOf !== undefined && (asOf >= start + length || (day === openDay && asOf >= start));
    return isKept && isRead && !elsewhere.has(start);
  };
}

/** The newest day that was read after it had begun; undefined when none was. */
export function newestDay(blocks: Blocks): UtcDay | undefined {
  return [...blocks].findLast(([day, block]) => block !== undefined && block.asOf >= startOfDay(day))?.[0];
}

/** The first slot that will still grow: it ends after what the vendor had measured when asked. */
export function openFrom(
  starts: Float64Array,
  begun: number,
  length: number,
  { blocks, measuredThrough }: { readonly blocks: Blocks; readonly measuredThrough: EpochMs | undefined },
  now: EpochMs,
): number {
  const readAt = [...blocks.values()].reduce((most, block) => Math.max(most, block?.asOf ?? 0), 0);
  const asOf = Math.min(readAt, now);
  const through =
    measuredThrough !== undefined && asOf - measuredThrough < MEASURING
      ? Math.min(measuredThrough, asOf)
      : asOf;
  const first = starts.findIndex((start) => start + length > through);
  return first < 0 ? begun : Math.min(first, begun);
}

const measured = new WeakMap<DayBlock, EpochMs>();

/** The end of the newest raw window; undefined if none is given. */
export function measuredThrough(blocks: Blocks): EpochMs | undefined {
  let newest = 0;
  for (const block of blocks.values()) {
    if (block !== undefined) {
      const own = measured.get(block) ?? newestIn(block.columns);
      measured.set(block, own);
      newest = Math.max(newest, own);
    }
  }
  return newest === 0 ? undefined : newest;
}

function newestIn(columns: UsageColumns): EpochMs {
  let newest = 0;
  for (let row = 0; row < columns.length; row += 1) {
    const at = dataThroughAt(columns, row);
    newest = at > newest ? at : newest;
  }
  return newest;
}

const long = new WeakMap<DayBlock, boolean>();

/** Whether any bucket is longer than an hour. */
export function hasLongBuckets(blocks: Blocks): boolean {
  return [...blocks.values()].some((block) => {
    if (block === undefined) {
      return false;
    }
    const own = long.get(block) ?? isLong(block.columns);
    long.set(block, own);
    return own;
  });
}

function isLong(columns: UsageColumns): boolean {
  return columns.start.some((_, row) => endAt(columns, row) - startAt(columns, row) > HOUR);
}

/**
 * The day on which the vendor's rows begin, if earlier days are long ago and empty: it may no longer keep them, so they
 * are unknown, not zero. Undefined if there is nothing to doubt.
 */
export function firstDayWithRows(blocks: Blocks, now: EpochMs): UtcDay | undefined {
  const read = [...blocks].filter(([, block]) => block !== undefined);
  const first = read.findIndex(([, block]) => (block?.columns.length ?? 0) > 0);
  const empty = read[0];
  const doubtful = empty !== undefined && startOfDay(empty[0]) < now - KEPT_FOR;
  if (!doubtful || first === 0) {
    return undefined;
  }
  const oldestKept = utcDay(now - KEPT_FOR);
  const firstDay = read[first]?.[0] ?? oldestKept;
  return firstDay < oldestKept ? firstDay : oldestKept;
}
