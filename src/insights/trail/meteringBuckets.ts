import { add, type Amount } from '../../usage/amount';
import type { Quantities, UsageBucket } from '../../usage/bucket';
import { type Breakdown, memoizeByColumns } from '../../usage/columns/breakdown';
import { bucketAt, type UsageColumns } from '../../usage/columns/columns';
import { addUp } from '../../usage/columns/totals';
import { type MeterId, meterOf } from '../../usage/meter';
import { type BucketTrail, bucketTrails } from './bucketTrails';

/** One of the organisation's metering buckets, as far as machine rows tell: the vendor has no request for it. */
export interface MeteringBucket extends BucketTrail {
  readonly machineCount: number;
  /** Amounts only: one machine's level says nothing about a bucket of many. */
  readonly quantities: Quantities;
}

export interface MeteringBuckets {
  readonly buckets: readonly MeteringBucket[];
  /** Usage in no metering bucket yet; undefined when there is none. */
  readonly unassigned: Quantities | undefined;
}

/** Sorts machine usage into the organisation's metering buckets, newest first. */
export function meteringBuckets(breakdowns: readonly Breakdown[]): MeteringBuckets {
  const all = breakdowns.map(sorted);
  const unassigned = all.flatMap((one) => one.unassigned ?? []);
  return {
    buckets: all.flatMap(({ buckets }) => buckets).sort(newestFirst),
    unassigned: unassigned.length === 0 ? undefined : addUp(unassigned),
  };
}

/** How many metering buckets the rows of a breakdown go into. */
export function meteringBucketCount(columns: UsageColumns | undefined): number {
  const ids = (columns?.trails ?? []).flatMap(({ meteringBucketIds }) => meteringBucketIds);
  return new Set(ids).size;
}

/** The machine rows that feed a metering bucket, in the vendor's order. */
export function machineBuckets(
  { kind, columns }: Pick<Breakdown, 'kind' | 'columns'>,
  { trails }: Pick<BucketTrail, 'trails'>,
): UsageBucket[] {
  const wanted = new Set(trails);
  const rows: UsageBucket[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    if (wanted.has(columns.trail[row] ?? -1)) {
      rows.push(bucketAt(columns, row, kind));
    }
  }
  return rows;
}

export function newestFirst(
  a: Pick<BucketTrail, 'period' | 'kind' | 'id'>,
  b: Pick<BucketTrail, 'period' | 'kind' | 'id'>,
): number {
  return b.period.start - a.period.start || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id);
}

/** Usage of rows that share a trail, as thousands of machines in an hour mostly do. */
interface TrailUsage {
  readonly machines: Set<number>;
  readonly quantities: Partial<Record<MeterId, Amount>>;
}

const sorted = memoizeByColumns((breakdown): MeteringBuckets => {
  const { columns } = breakdown;
  const usages = byTrail(columns);
  const buckets = bucketTrails(breakdown).map((bucket): MeteringBucket => {
    const own = bucket.trails.flatMap((trail) => usages[trail] ?? []);
    return {
      ...bucket,
      machineCount: new Set(own.flatMap(({ machines }) => [...machines])).size,
      quantities: addUp(own.map(({ quantities }) => quantities)),
    };
  });
  const none = usages.filter(
    ({ machines }, trail) => machines.size > 0 && columns.trails[trail]?.meteringBucketIds.length === 0,
  );
  return {
    buckets,
    unassigned: none.length === 0 ? undefined : addUp(none.map(({ quantities }) => quantities)),
  };
});

/** By the index of the trail. A meter that no row has stays unknown. */
function byTrail(columns: UsageColumns): TrailUsage[] {
  const usages = columns.trails.map((): TrailUsage => ({ machines: new Set(), quantities: {} }));
  for (let row = 0; row < columns.length; row += 1) {
    usages[columns.trail[row] ?? 0]?.machines.add(columns.subject[row] ?? 0);
  }
  for (const meter of columns.amounts.keys()) {
    if (meterOf(meter).kind === 'amount') {
      sumsByTrail(columns, meter).forEach((sum, trail) => {
        const usage = usages[trail];
        if (usage !== undefined && sum !== undefined) {
          usage.quantities[meter] = sum;
        }
      });
    }
  }
  return usages;
}

function sumsByTrail(columns: UsageColumns, meter: MeterId): (Amount | undefined)[] {
  const values = columns.amounts.get(meter) ?? new Float64Array();
  const exact = columns.beyond.get(meter);
  const sums = columns.trails.map((): Amount | undefined => undefined);
  for (let row = 0; row < columns.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(value)) {
      const trail = columns.trail[row] ?? 0;
      sums[trail] = add(sums[trail] ?? 0, exact?.get(row) ?? value);
    }
  }
  return sums;
}
