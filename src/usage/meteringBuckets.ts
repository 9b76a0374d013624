import { type Amount, add } from './amount';
import type { MeterEventId, Quantities, UsageBucket } from './bucket';
import { type Trail, type UsageColumns, amountAt } from './columns';
import { type MeterId, meterOf } from './meter';
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

/** The rows of one kind of usage. */
export interface Breakdown {
  readonly kind: UsageBucket['kind'];
  readonly columns: UsageColumns;
}

export interface MeteringBuckets {
  readonly buckets: readonly MeteringBucket[];
  /** Usage that is in no metering bucket yet; undefined when there is none. */
  readonly unassigned: Quantities | undefined;
}

/** The rows that share a trail: thousands of machines in an hour mostly do. */
interface TrailUsage {
  readonly trail: Trail;
  start: EpochMs;
  end: EpochMs;
  emittedAt: EpochMs;
  readonly machines: Set<number>;
  readonly quantities: Partial<Record<MeterId, Amount>>;
}

/** Sorts machine usage into the organisation's metering buckets, newest first. */
export function meteringBuckets(breakdowns: readonly Breakdown[]): MeteringBuckets {
  const buckets: MeteringBucket[] = [];
  const unassigned: Quantities[] = [];
  for (const { kind, columns } of breakdowns) {
    const all = byTrail(columns);
    const groups = new Map<string, TrailUsage[]>();
    for (const usage of all) {
      for (const id of usage.trail.meteringBucketIds) {
        const group = groups.get(id) ?? [];
        group.push(usage);
        groups.set(id, group);
      }
    }
    buckets.push(...[...groups].map(([id, group]) => toMeteringBucket(id, kind, group)));
    const none = all.filter(({ trail }) => trail.meteringBucketIds.length === 0);
    unassigned.push(...none.map(({ quantities }) => quantities));
  }
  return {
    buckets: buckets.sort(
      (a, b) => b.period.start - a.period.start || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id),
    ),
    unassigned: unassigned.length === 0 ? undefined : addUp(unassigned),
  };
}

/** How many metering buckets the rows of a breakdown go into. */
export function meteringBucketCount(columns: UsageColumns | undefined): number {
  const ids = (columns?.trails ?? []).flatMap(({ meteringBucketIds }) => meteringBucketIds);
  return new Set(ids).size;
}

function byTrail(columns: UsageColumns): TrailUsage[] {
  const usages = columns.trails.map((trail): TrailUsage => ({
    ...{ trail, start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY, emittedAt: 0 },
    ...{ machines: new Set(), quantities: {} },
  }));
  const meters = [...columns.amounts.keys()].filter((meter) => meterOf(meter).kind === 'amount');
  for (let row = 0; row < columns.length; row += 1) {
    const usage = usages[columns.trail[row] ?? 0];
    if (usage === undefined) {
      continue;
    }
    usage.start = Math.min(usage.start, columns.start[row] ?? Number.NaN);
    usage.end = Math.max(usage.end, columns.end[row] ?? Number.NaN);
    const emittedAt = columns.emittedAt[row] ?? Number.NaN;
    usage.emittedAt = emittedAt > usage.emittedAt ? emittedAt : usage.emittedAt;
    usage.machines.add(columns.machine[row] ?? 0);
    for (const meter of meters) {
      usage.quantities[meter] = add(usage.quantities[meter] ?? 0, amountAt(columns, meter, row) ?? 0);
    }
  }
  return usages.filter(({ machines }) => machines.size > 0);
}

function toMeteringBucket(
  id: string,
  kind: UsageBucket['kind'],
  group: readonly TrailUsage[],
): MeteringBucket {
  const emittedAt = Math.max(...group.map((usage) => usage.emittedAt));
  const events = new Map(
    group.flatMap(({ trail }) => trail.meterEvents).map((event) => [`${event.meter}/${event.id}`, event]),
  );
  return {
    ...{ id, kind },
    period: {
      start: Math.min(...group.map(({ start }) => start)),
      end: Math.max(...group.map(({ end }) => end)),
    },
    machineCount: new Set(group.flatMap(({ machines }) => [...machines])).size,
    shared: group.some(({ trail }) => trail.meteringBucketIds.length > 1),
    ...(emittedAt === 0 ? {} : { emittedAt }),
    meterEvents: [...events.values()],
    quantities: addUp(group.map(({ quantities }) => quantities)),
  };
}
