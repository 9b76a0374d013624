import { add, type Amount, compareAmounts, subtract, sum } from '../../usage/amount';
import type { Quantities } from '../../usage/bucket';
import { addUp } from '../../usage/columns/totals';
import type { MeterId } from '../../usage/meter';
import { DAY, type EpochMs, HOUR, type Period, startOfDay, utcDay } from '../../usage/time';
import type { BucketSum, RowSums } from './bucketSums';

/** One day of metered usage over all machines. */
export interface MeteredDay extends Period, RowSums {
  /** When its rows were asked for. */
  readonly asOf: EpochMs;
  /** The same by bucket, in order of their ends; undefined when they are not at hand. */
  readonly buckets: readonly BucketSum[] | undefined;
  /** Whether the buckets are as new as the day: older ones may explain a difference, but cannot prove that nothing does. */
  readonly bucketsAreCurrent: boolean;
}

/** Meters whose buckets close together, with the month to date as far as it is known. */
export interface SumsToCheck {
  readonly meters: readonly MeterId[];
  /** Undefined when unknown, or when it was not read together with the days. */
  readonly billed: { readonly sums: Quantities; readonly asOf: EpochMs } | undefined;
  /** Metered: every day of the month to date in order, from the first; undefined when one is not known. */
  readonly days: readonly MeteredDay[] | undefined;
}

/**
 * `unused`: nothing is metered and nothing is billed, which agrees but tells little.
 * `match`: billed equals metered.
 * `rounding`: they differ by no more than counting whole seconds in that many rows can cause.
 * `open`: the difference is the usage after `since`, in this many buckets with usage, where those are at hand. Up to `since`
 * all meters of the group add up, or, if another does not, this one alone: exactly, or else within what rounding can cause.
 * `mayBeOpen`: buckets are not at hand; no more is missing than the days that may still be open have.
 * `stale`: nothing explains it, but the rows of `days` days are older than the bill and may have been restated.
 * `unexplained`: nothing explains it.
 * `unknown`: a part was not read, or not together with the other.
 */
export type Verdict =
  | { readonly kind: 'unused' | 'match' | 'rounding' | 'mayBeOpen' | 'unexplained' | 'unknown' }
  | { readonly kind: 'open'; readonly since: EpochMs; readonly buckets: number | undefined }
  | { readonly kind: 'stale'; readonly days: number };

/** One meter of the month to date; amounts in the vendor's unit, undefined where unknown. */
export interface SumCheck {
  readonly meter: MeterId;
  readonly metered: Amount | undefined;
  readonly billed: Amount | undefined;
  /** Metered minus billed; negative where more is billed. */
  readonly difference: Amount | undefined;
  readonly verdict: Verdict;
}

/** Rows that were requested less than this before the bill count as equally new. */
export const SAME_READING = HOUR;

/**
 * Compares what the vendor has billed in the month to date, closed buckets only, with what it has metered on all machines.
 *
 * @param closingMs how long after its end a bucket may still be open
 */
export function checkSums({ meters, billed, days }: SumsToCheck, closingMs: number): SumCheck[] {
  const known = billed !== undefined && days !== undefined && meters.every((meter) => meter in billed.sums);
  const [exactly, nearly] = known
    ? ([addsUpExactly, addsUpNearly] as const).map((addsUp) => findClosing(meters, { billed, days, addsUp }))
    : [];
  return meters.map((meter): SumCheck => {
    const metered = days === undefined ? undefined : sumOf(days, meter);
    const own = billed?.sums[meter];
    const difference = metered === undefined || own === undefined ? undefined : subtract(metered, own);
    const verdict =
      !known || difference === undefined
        ? ({ kind: 'unknown' } as const)
        : difference === 0
          ? ({ kind: own === 0 ? 'unused' : 'match' } as const)
          : (exactly ??
            findClosing([meter], { billed, days, addsUp: addsUpExactly }) ??
            (isRounding(difference, days, meter) ? ({ kind: 'rounding' } as const) : undefined) ??
            nearly ??
            findClosing([meter], { billed, days, addsUp: addsUpNearly }) ??
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
  const most = add(sumOf(mayBeOpen, meter), roundingOf(days, meter));
  if (!haveBuckets && compareAmounts(difference, 0) > 0 && compareAmounts(difference, most) <= 0) {
    return { kind: 'mayBeOpen' };
  }
  const older = days.filter(({ asOf }) => asOf < billed.asOf - SAME_READING);
  return older.length > 0 ? { kind: 'stale', days: older.length } : { kind: 'unexplained' };
}

type AddsUp = (metered: RowSums, billed: Quantities, meter: MeterId) => boolean;

const addsUpExactly: AddsUp = ({ sums }, billed, meter) =>
  compareAmounts(sums[meter] ?? 0, billed[meter] ?? 0) === 0;

const addsUpNearly: AddsUp = ({ sums, rounding }, billed, meter) =>
  isWithin(subtract(sums[meter] ?? 0, billed[meter] ?? 0), rounding[meter] ?? 0);

/** The first edge since the beginning of yesterday up to which every meter adds up to billed. */
function findClosing(
  meters: readonly MeterId[],
  {
    billed,
    days,
    addsUp,
  }: {
    readonly billed: { readonly sums: Quantities; readonly asOf: EpochMs };
    readonly days: readonly MeteredDay[];
    readonly addsUp: AddsUp;
  },
): Extract<Verdict, { kind: 'open' }> | undefined {
  const newest = newestDays(days, billed.asOf);
  const isBilled = (metered: RowSums): boolean =>
    meters.every((meter) => addsUp(metered, billed.sums, meter));
  let before = addUpRows(days.filter((day) => !newest.includes(day)));
  for (const day of newest) {
    const edge = edgeOf(day, before, isBilled);
    if (edge !== undefined) {
      return { kind: 'open', since: edge, buckets: openBuckets(newest, edge) };
    }
    before = addUpRows([before, day]);
  }
  return undefined;
}

/** The first edge of a day, including its beginning, up to which all adds up. */
function edgeOf(
  { start, buckets = [] }: MeteredDay,
  before: RowSums,
  isBilled: (metered: RowSums) => boolean,
): EpochMs | undefined {
  if (isBilled(before)) {
    return start;
  }
  let metered = before;
  for (const [index, bucket] of buckets.entries()) {
    metered = addUpRows([metered, bucket]);
    if (buckets[index + 1]?.end !== bucket.end && isBilled(metered)) {
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

/** The day of a time and the day before; older days have closed. */
function newestDays(days: readonly MeteredDay[], at: EpochMs): readonly MeteredDay[] {
  const yesterday = startOfDay(utcDay(at)) - DAY;
  return days.filter(({ start }) => start >= yesterday);
}

function sumOf(days: readonly MeteredDay[], meter: MeterId): Amount {
  return sum(days.map(({ sums }) => sums[meter] ?? 0));
}

function roundingOf(days: readonly MeteredDay[], meter: MeterId): Amount {
  return sum(days.map(({ rounding }) => rounding[meter] ?? 0));
}

function isRounding(difference: Amount, days: readonly MeteredDay[], meter: MeterId): boolean {
  return isWithin(difference, roundingOf(days, meter));
}

function isWithin(difference: Amount, most: Amount): boolean {
  const size = compareAmounts(difference, 0) < 0 ? subtract(0, difference) : difference;
  return compareAmounts(size, most) <= 0;
}

/** Adds up the buckets of a day, or several days. */
export function addUpRows(all: readonly RowSums[]): RowSums {
  return {
    sums: addUp(all.map(({ sums }) => sums)),
    rounding: addUp(all.map(({ rounding }) => rounding)),
  };
}

/** A difference as a share of metered, 0 to 1; negative where more is billed. A ratio for display. */
export function shareOf({ metered, difference }: SumCheck): number {
  if (metered === undefined || difference === undefined) {
    return 0;
  }
  return metered === 0 ? Math.sign(Number(difference)) : Number(difference) / Number(metered);
}
