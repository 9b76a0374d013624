import type { MeterEventId, UsageBucket } from '../../usage/bucket';
import { memoizeByColumns } from '../../usage/columns/breakdown';
import { emissionAt, endAt, startAt, type UsageColumns } from '../../usage/columns/columns';
import type { Trail } from '../../usage/columns/trail';
import type { MeterId } from '../../usage/meter';
import type { EpochMs, Period } from '../../usage/time';
import { type BucketSet, type IdentifierFlag, identifierFlags } from './identifierFlags';
import { type UsualLag, usualLag } from './usualLag';

/** Something about a bucket to look at. It is no proof that anything is wrong. */
export type TrailFlag = LateEmission | IdentifierFlag;

/** No meter event went out, although the bucket ended longer ago than the usual lag. */
export interface LateEmission {
  readonly kind: 'late';
  /** From the bucket's end until the rows were asked for, in milliseconds. */
  readonly age: number;
}

/** What machine rows tell about a metering bucket of the organisation, except how much usage goes into it. */
export interface BucketTrail {
  readonly id: string;
  readonly kind: UsageBucket['kind'];
  /** From the earliest start to the latest end of the usage that goes into it. */
  readonly period: Period;
  /** Some of this usage goes into other buckets too; the vendor does not say how it is split. */
  readonly shared: boolean;
  /** Whether any meter event was emitted. Emitted is not yet billed. */
  readonly emitted: boolean;
  /** When the latest meter event was emitted; absent if none was, or if the vendor does not tell. */
  readonly emittedAt?: EpochMs;
  /** From its end until {@link emittedAt}, in milliseconds; negative if emitted before its end. */
  readonly lag?: number;
  readonly usualLag: UsualLag;
  readonly meterEvents: readonly MeterEventId[];
  readonly flags: readonly TrailFlag[];
  /** When the rows that tell this were requested. */
  readonly asOf: EpochMs;
  /** The indexes of its trails in the columns. */
  readonly trails: readonly number[];
}

/**
 * The metering buckets that the rows of a day name, and what became of them, in the order in which they are first named. Looks
 * only at times and identifiers: a day of 2,000 machines takes a millisecond.
 */
export const bucketTrails = memoizeByColumns((breakdown): readonly BucketTrail[] => {
  const { kind, columns, asOf } = breakdown;
  const spans = spansOf(columns);
  const groups = [...trailsByBucket(columns.trails, spans)].map(([id, trails]) => ({
    ...{ id, kind, asOf, trails },
    ...emissionOf(trails, columns.trails, spans),
  }));
  const usual = usualLag(groups.flatMap(({ lag }) => lag ?? []));
  const flags = identifierFlags(bucketSets(columns.trails, spans));
  return groups.map((group) => {
    const late = lateness(group, usual);
    const own = flags.get(group.id) ?? [];
    return { ...group, usualLag: usual, flags: late === undefined ? own : [late, ...own] };
  });
});

/** What the rows of each trail tell, by the trail's index. */
interface Spans {
  /** Infinity for a trail without rows. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** −Infinity if nothing was emitted. */
  readonly emittedAt: Float64Array;
}

function spansOf(columns: UsageColumns): Spans {
  const { trails, trail, length } = columns;
  const filled = (value: number): Float64Array => new Float64Array(trails.length).fill(value);
  const spans = {
    start: filled(Number.POSITIVE_INFINITY),
    end: filled(Number.NEGATIVE_INFINITY),
    emittedAt: filled(Number.NEGATIVE_INFINITY),
  };
  for (let row = 0; row < length; row += 1) {
    const own = trail[row] ?? 0;
    const [from, to, at] = [startAt(columns, row), endAt(columns, row), emissionAt(columns, row)];
    if (from < (spans.start[own] ?? 0)) {
      spans.start[own] = from;
    }
    if (to > (spans.end[own] ?? 0)) {
      spans.end[own] = to;
    }
    if (at > (spans.emittedAt[own] ?? 0)) {
      spans.emittedAt[own] = at;
    }
  }
  return spans;
}

function trailsByBucket(trails: readonly Trail[], { start }: Spans): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  trails.forEach(({ meteringBucketIds }, number) => {
    if (start[number] !== Number.POSITIVE_INFINITY) {
      for (const id of new Set(meteringBucketIds)) {
        const group = groups.get(id) ?? [];
        group.push(number);
        groups.set(id, group);
      }
    }
  });
  return groups;
}

/** Only rows of this bucket alone prove whether it was emitted; rows of several buckets count if there are no others. */
function emissionOf(
  numbers: readonly number[],
  trails: readonly Trail[],
  { start, end, emittedAt }: Spans,
): Pick<BucketTrail, 'period' | 'shared' | 'emitted' | 'emittedAt' | 'lag' | 'meterEvents'> {
  const eventsOf = (number: number): readonly MeterEventId[] => trails[number]?.meterEvents ?? [];
  const alone = numbers.filter((number) => new Set(trails[number]?.meteringBucketIds).size === 1);
  const telling = alone.length > 0 ? alone : numbers;
  const latest = latestOf(telling, emittedAt);
  const period = {
    start: numbers.reduce(
      (first, number) => Math.min(first, start[number] ?? first),
      Number.POSITIVE_INFINITY,
    ),
    end: latestOf(numbers, end),
  };
  const events = new Map(numbers.flatMap(eventsOf).map((event) => [`${event.meter}/${event.id}`, event]));
  return {
    ...{ period, shared: alone.length < numbers.length, meterEvents: [...events.values()] },
    emitted: Number.isFinite(latest) || telling.some((number) => eventsOf(number).length > 0),
    ...(Number.isFinite(latest) ? { emittedAt: latest, lag: latest - period.end } : {}),
  };
}

function latestOf(numbers: readonly number[], times: Float64Array): EpochMs {
  return numbers.reduce((last, number) => Math.max(last, times[number] ?? last), Number.NEGATIVE_INFINITY);
}

/** As of the time of asking; later emissions are unknown. */
function lateness(
  { emitted, period, asOf }: Pick<BucketTrail, 'emitted' | 'period' | 'asOf'>,
  usual: UsualLag,
): LateEmission | undefined {
  const age = asOf - period.end;
  return !emitted && age > usual.ms ? { kind: 'late', age } : undefined;
}

/** Rows that name the same buckets, in whatever order, are one set. */
function bucketSets(trails: readonly Trail[], { start }: Spans): BucketSet[] {
  const sets = new Map<string, OwnSet>();
  trails.forEach(({ meteringBucketIds, meterEvents }, number) => {
    if (meteringBucketIds.length === 0 || start[number] === Number.POSITIVE_INFINITY) {
      return;
    }
    const bucketIds = [...new Set(meteringBucketIds)].sort();
    const key = JSON.stringify(bucketIds);
    const set = sets.get(key) ?? noneOf(bucketIds);
    sets.set(key, set);
    const own: Identifiers = new Map();
    for (const { meter, id } of meterEvents) {
      if (own.get(meter)?.has(id) === true) {
        put(set.repeated, meter, id);
      }
      put(own, meter, id);
      put(set.identifiers, meter, id);
    }
  });
  return [...sets.values()];
}

type Identifiers = Map<MeterId, Set<string>>;

/** A {@link BucketSet} that is being built. */
interface OwnSet {
  readonly bucketIds: readonly string[];
  readonly identifiers: Identifiers;
  readonly repeated: Identifiers;
}

function noneOf(bucketIds: readonly string[]): OwnSet {
  return { bucketIds, identifiers: new Map(), repeated: new Map() };
}

function put(identifiers: Identifiers, meter: MeterId, id: string): void {
  identifiers.set(meter, (identifiers.get(meter) ?? new Set()).add(id));
}
