import type { MeterEventId, Quantities, UsageBucket } from './bucket';
import type { EpochMs, Period } from './time';
import { addUp } from './totals';

/** One of the organisation's metering buckets, as far as machine rows tell: the vendor has no request for it. */
export interface MeteringBucket {
  readonly id: string;
  readonly kind: UsageBucket['kind'];
  /** From the first to the last edge of the usage that goes into it. */
  readonly period: Period;
  readonly machineCount: number;
  /** Amounts only: one machine's level says nothing about a bucket of many. */
  readonly quantities: Quantities;
  /** Some of this usage goes into other buckets as well, and the vendor does not say how it is split. */
  readonly shared: boolean;
  /** When the latest meter event was emitted; absent while none was. Emitted is not yet billed. */
  readonly emittedAt?: EpochMs;
  readonly meterEvents: readonly MeterEventId[];
}

export interface MeteringBuckets {
  readonly buckets: readonly MeteringBucket[];
  /** Usage that is in no metering bucket yet. */
  readonly unassigned: readonly UsageBucket[];
}

/** Sorts machine usage into the organisation's metering buckets, newest first. */
export function meteringBuckets(usage: readonly UsageBucket[]): MeteringBuckets {
  const groups = new Map<string, UsageBucket[]>();
  for (const bucket of usage) {
    for (const id of bucket.meteringBucketIds) {
      const key = `${bucket.kind}/${id}`;
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [bucket]);
      } else {
        group.push(bucket);
      }
    }
  }
  const buckets = [...groups].map(([key, group]) => toMeteringBucket(key.slice(key.indexOf('/') + 1), group));
  return {
    buckets: buckets.sort(
      (a, b) => b.period.start - a.period.start || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id),
    ),
    unassigned: usage.filter((bucket) => bucket.meteringBucketIds.length === 0),
  };
}

function toMeteringBucket(id: string, group: readonly UsageBucket[]): MeteringBucket {
  const [first] = group as [UsageBucket, ...UsageBucket[]];
  const emissions = group.flatMap((bucket) => bucket.emittedAt ?? []);
  const events = new Map(
    group.flatMap((bucket) => bucket.meterEvents).map((event) => [`${event.meter}/${event.id}`, event]),
  );
  return {
    id,
    kind: first.kind,
    period: {
      start: group.reduce((least, { start }) => Math.min(least, start), first.start),
      end: group.reduce((most, { end }) => Math.max(most, end), first.end),
    },
    machineCount: new Set(group.map((bucket) => bucket.machineId)).size,
    shared: group.some((bucket) => bucket.meteringBucketIds.length > 1),
    ...(emissions.length === 0 ? {} : { emittedAt: emissions.reduce((a, b) => Math.max(a, b)) }),
    meterEvents: [...events.values()],
    quantities: addUp(group.map((bucket) => bucket.quantities)),
  };
}
