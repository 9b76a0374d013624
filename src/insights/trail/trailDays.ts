import type { AccountUsage } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import type { Account } from '../../usage/account';
import type { Breakdown } from '../../usage/columns/breakdown';
import { daysOf, type EpochMs, type UtcDay } from '../../usage/time';
import { bucketTrails } from './bucketTrails';
import { daysWith } from './searchTrail';

/** The days whose metering buckets are shown, the newest first, and how many more there are. */
export interface TrailDays {
  readonly days: readonly UtcDay[];
  readonly more: number;
}

/** Maximum days read to look for a text: the hours of a large fleet are megabytes a day. */
const MOST_DAYS = 3;

/** The days of the month with any usage, newest first. */
export function daysWithUsage({ period, compute, storage }: AccountUsage, now: EpochMs): UtcDay[] {
  const breakdowns = [compute.value, storage.value];
  return daysOf({ start: period.start, end: Math.min(period.end, now) })
    .reverse()
    .filter((day) => breakdowns.some((days) => (days?.get(day)?.length ?? 0) > 0));
}

/** Without a text, the newest day of the month; else the newest days with the text in any id. */
export function trailDays(
  usage: AccountUsage,
  text: string,
  account: Pick<Account, 'aliases'>,
  now: EpochMs,
): TrailDays {
  if (text.trim() === '') {
    return { days: daysWithUsage(usage, now).slice(0, 1), more: 0 };
  }
  const all = daysWith(text, [usage.compute.value, usage.storage.value], account);
  return { days: all.slice(0, MOST_DAYS), more: Math.max(0, all.length - MOST_DAYS) };
}

/** How many metering buckets the usage of the month names; one that crosses midnight counts once. */
export function bucketsOfMonth({ compute, storage }: AccountUsage): number {
  const counts = [compute.value, storage.value].map((days) => {
    const trails = [...(days?.values() ?? [])].flatMap((columns) => columns.trails);
    return new Set(trails.flatMap(({ meteringBucketIds }) => meteringBucketIds)).size;
  });
  return counts.reduce((a, b) => a + b, 0);
}

/** The parts of a day that tell which machine feeds which metering bucket. */
export function trailWants(day: UtcDay): DayKey[] {
  return [
    { part: 'computeHours', day },
    { part: 'storage', day },
  ];
}

/** Those of {@link trailWants} that are at hand. */
export function breakdownsAtHand(dayCache: DayCache, day: UtcDay): Breakdown[] {
  return trailWants(day).flatMap(({ part }): Breakdown[] => {
    const block = dayCache.block(part, day);
    return block === undefined
      ? []
      : [{ kind: part === 'storage' ? 'storage' : 'compute', columns: block.columns, asOf: block.asOf }];
  });
}

/** How many metering buckets of a day have a flag; undefined unless all parts of {@link trailWants} are at hand. */
export function flaggedBuckets(dayCache: DayCache, day: UtcDay): number | undefined {
  const breakdowns = breakdownsAtHand(dayCache, day);
  return breakdowns.length < trailWants(day).length
    ? undefined
    : breakdowns.flatMap(bucketTrails).filter(({ flags }) => flags.length > 0).length;
}
