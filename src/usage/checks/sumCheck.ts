import { type Amount, compareAmounts, subtract, sum } from '../amount';
import type { Quantities } from '../bucket';
import type { MeterId } from '../meter';
import { DAY, type EpochMs, HOUR, type Period, startOfDay, utcDay } from '../time';
import { addUp } from '../totals';
import type { BucketSum } from './bucketSums';

/** One day of metered usage over all machines. */
export interface MeteredDay extends Period {
  /** When its rows were asked for. */
  readonly asOf: EpochMs;
  readonly sums: Quantities;
  /** The same by bucket, in order of their ends; undefined when they are not at hand. */
  readonly buckets: readonly BucketSum[] | undefined;
  /** Whether the buckets are as new as the day: older ones may explain a difference, but not tell that nothing does. */
  readonly bucketsAreCurrent: boolean;
}

/** Meters whose buckets close together, and what is known of them in the month to date. */
export interface SumsToCheck {
  readonly meters: readonly MeterId[];
  /** Undefined when it is not known, or was not read together with the days. */
  readonly billed: { readonly sums: Quantities; readonly asOf: EpochMs } | undefined;
  /** Metered: every day of the month to date in order, from the first; undefined when one is not known. */
  readonly days: readonly MeteredDay[] | undefined;
}

/**
 * `unused`: nothing is metered, and nothing billed, which agrees and tells little.
 * `match`: billed is what is metered.
 * `open`: the difference is exactly what lies after `since`, the time up to which all meters of the group add up, or where one
 * of them does not, this one alone; in so many buckets with usage, where those are at hand.
 * `mayBeOpen`: buckets are not at hand; no more is missing than days that may still be open have.
 * `stale`: nothing explains it, but rows of so many days are older than the bill, and may have been restated.
 * `unexplained`: nothing explains it.
 * `unknown`: a part was not read, or not together with the other.
 */
export type Verdict =
  | { readonly kind: 'unused' | 'match' | 'mayBeOpen' | 'unexplained' | 'unknown' }
  | { readonly kind: 'open'; readonly since: EpochMs; readonly buckets: number | undefined }
  | { readonly kind: 'stale'; readonly days: number };

/** One meter of the month to date; amounts in the vendor's unit, undefined where unknown. */
export interface SumCheck {
  readonly meter: MeterId;
  readonly metered: Amount | undefined;
  readonly billed: Amount | undefined;
  /** Metered less billed; below zero where more is billed. */
  readonly difference: Amount | undefined;
  readonly verdict: Verdict;
}

/** Rows that were asked for less than this before the bill are as new as it. */
export const SAME_READING = HOUR;

/**
 * Compares what the vendor has billed in the month to date, closed buckets only, with what it has metered on all machines.
 *
 * @param closingMs how long after its end a bucket may still be open
 */
export function checkSums({ meters, billed, days }: SumsToCheck, closingMs: number): SumCheck[] {
  const known = billed !== undefined && days !== undefined && meters.every((meter) => meter in billed.sums);
  const closing = known ? findClosing(meters, billed, days) : undefined;
  return meters.map((meter): SumCheck => {
    const metered = days === undefined ? undefined : sumOf(days, meter);
    const own = billed?.sums[meter];
    const difference = metered === undefined || own === undefined ? undefined : subtract(metered, own);
    const verdict =
      !known || difference === undefined
        ? ({ kind: 'unknown' } as const)
        : difference === 0
          ? ({ kind: own === 0 ? 'unused' : 'match' } as const)
          : (closing ??
            findClosing([meter], billed, days) ??
            withoutClosing(difference, meter, { billed, days }, closingMs));
    return { meter, metered, billed: own, difference, verdict };
  });
}

function withoutClosing(
  difference: Amount,
  meter: MeterId,
  { billed, days }: { readonly billed: { readonly asOf: EpochMs }; readonly days: readonly MeteredDay[] },
  closingMs: number,
): Verdict {
  const haveBuckets = newestDays(days, billed.asOf).every(
    ({ buckets, bucketsAreCurrent }) => buckets !== undefined && bucketsAreCurrent,
  );
  const mayBeOpen = days.filter(({ end }) => end + closingMs > billed.asOf);
  if (
    !haveBuckets &&
    compareAmounts(difference, 0) > 0 &&
    compareAmounts(difference, sumOf(mayBeOpen, meter)) <= 0
  ) {
    return { kind: 'mayBeOpen' };
  }
  const older = days.filter(({ asOf }) => asOf < billed.asOf - SAME_READING);
  return older.length > 0 ? { kind: 'stale', days: older.length } : { kind: 'unexplained' };
}

/** The first edge, from the beginning of yesterday on, up to which every meter adds up to what is billed. */
function findClosing(
  meters: readonly MeterId[],
  billed: { readonly sums: Quantities; readonly asOf: EpochMs },
  days: readonly MeteredDay[],
): Extract<Verdict, { kind: 'open' }> | undefined {
  const newest = newestDays(days, billed.asOf);
  const isBilled = (sums: Quantities): boolean =>
    meters.every((meter) => compareAmounts(sums[meter] ?? 0, billed.sums[meter] ?? 0) === 0);
  let before = addUp(days.filter((day) => !newest.includes(day)).map(({ sums }) => sums));
  for (const day of newest) {
    const edge = edgeOf(day, before, isBilled);
    if (edge !== undefined) {
      return { kind: 'open', since: edge, buckets: openBuckets(newest, edge) };
    }
    before = addUp([before, day.sums]);
  }
  return undefined;
}

/** The edge within a day, its beginning among them, up to which all adds up. */
function edgeOf(
  { start, buckets = [] }: MeteredDay,
  before: Quantities,
  isBilled: (sums: Quantities) => boolean,
): EpochMs | undefined {
  if (isBilled(before)) {
    return start;
  }
  let sums = before;
  for (const [index, bucket] of buckets.entries()) {
    sums = addUp([sums, bucket.sums]);
    if (buckets[index + 1]?.end !== bucket.end && isBilled(sums)) {
      return bucket.end;
    }
  }
  return undefined;
}

function openBuckets(newest: readonly MeteredDay[], since: EpochMs): number | undefined {
  const days = newest.filter(({ end }) => end > since);
  return days.every(({ buckets }) => buckets !== undefined)
    ? days.flatMap(({ buckets = [] }) => buckets.filter(({ end }) => end > since)).length
    : undefined;
}

/** The day of a time and the one before it: what is older has closed. */
function newestDays(days: readonly MeteredDay[], at: EpochMs): readonly MeteredDay[] {
  const yesterday = startOfDay(utcDay(at)) - DAY;
  return days.filter(({ start }) => start >= yesterday);
}

function sumOf(days: readonly MeteredDay[], meter: MeterId): Amount {
  return sum(days.map(({ sums }) => sums[meter] ?? 0));
}

/** The amounts of a day, from its buckets. */
export function sumsOf(buckets: readonly BucketSum[]): Quantities {
  return addUp(buckets.map(({ sums }) => sums));
}

/** Which share of what is metered a difference is, 0 to 1; below zero where more is billed. A ratio for display. */
export function shareOf({ metered, difference }: SumCheck): number {
  if (metered === undefined || difference === undefined) {
    return 0;
  }
  return metered === 0 ? Math.sign(Number(difference)) : Number(difference) / Number(metered);
}
