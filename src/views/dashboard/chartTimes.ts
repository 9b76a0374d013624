import type { UsageColumns } from '../../usage/columns';
import { isElsewhere } from '../../usage/elsewhere';
import type { MeterId } from '../../usage/meter';
import { DAY, type EpochMs, HOUR, type UtcDay, startOfDay, utcDay } from '../../usage/time';
import type { Blocks } from './chartSource';

/** A vendor that measured less than this long ago is still measuring; later, machines sleep. */
const MEASURING = 3 * HOUR;

/** Days longer ago than this may no longer be kept by the vendor. */
const KEPT_FOR = 30 * DAY;

/** Up to when the day of an instant is known; 0 where it is not known at all. */
export function knowledge(
  blocks: Blocks,
  meter: MeterId,
  firstKept: UtcDay | undefined,
): (at: EpochMs) => EpochMs {
  const days = new Map(
    [...blocks].map(([day, block]) => {
      const isKept = firstKept === undefined || day >= firstKept;
      return [day, isKept && block !== undefined && !isElsewhere(block.columns, meter) ? block.asOf : 0];
    }),
  );
  return (at) => days.get(utcDay(at)) ?? 0;
}

/** The first slot that will still grow: its end is after what the vendor had measured when it was asked. */
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

/** The end of the newest raw window; undefined where none is told. */
export function measuredThrough(all: readonly UsageColumns[]): EpochMs | undefined {
  let newest: EpochMs | undefined;
  for (const { dataThrough } of all) {
    for (const at of dataThrough) {
      newest = at > (newest ?? 0) ? at : newest;
    }
  }
  return newest;
}

/**
 * Where the vendor's rows begin, when the days before are long ago and have none: they may be past what it keeps, so they
 * are unknown and not zero. Undefined when there is nothing to doubt.
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
