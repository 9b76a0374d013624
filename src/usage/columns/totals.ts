import { add, type Amount, compareAmounts } from '../amount';
import type { MachineShape, Quantities, UsageBucket } from '../bucket';
import { type MeterId, meterOf } from '../meter';
import { type EpochMs, HOUR, type Period } from '../time';

/** Which breakdowns were read in full. There, a machine without rows used nothing; elsewhere, its usage is unknown. */
export interface Known {
  readonly compute: boolean;
  readonly storage: boolean;
}

/** Usage of one shape within some buckets. */
export interface ShapeUsage {
  readonly shape: MachineShape;
  readonly quantities: Quantities;
}

/** What some buckets add up to. */
export interface UsageTotals {
  /** Sums of amounts; levels of the newest bucket. An incomplete breakdown adds what is known. */
  readonly quantities: Quantities;
  readonly known: Known;
  /** One entry per shape, in order of first appearance; more than one after a resize. */
  readonly shapes: readonly ShapeUsage[];
  /** The end of the newest raw window among the buckets. */
  readonly dataThrough?: EpochMs;
}

export const COMPUTE_METERS: readonly MeterId[] = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
];
export const STORAGE_METERS: readonly MeterId[] = ['storage_mib_seconds'];

/** Sums buckets exactly. Several shapes of one machine in one bucket are several rows, and all of them count. */
export function totalsOf(buckets: Iterable<UsageBucket>, known: Known): UsageTotals {
  const quantities: MutableQuantities = { ...noUsage(known) };
  const shapes = new Map<string, { shape: MachineShape; quantities: MutableQuantities }>();
  let dataThrough: EpochMs | undefined;
  let newestLevel = Number.NEGATIVE_INFINITY;
  for (const bucket of buckets) {
    addAmounts(quantities, bucket.quantities);
    if (bucket.kind === 'storage' && bucket.end > newestLevel) {
      newestLevel = bucket.end;
      copyLevels(quantities, bucket.quantities);
    }
    if (bucket.shape !== undefined) {
      const entry = shapes.get(bucket.shape.fingerprint) ?? { shape: bucket.shape, quantities: {} };
      addAmounts(entry.quantities, bucket.quantities);
      shapes.set(bucket.shape.fingerprint, entry);
    }
    dataThrough = laterOf(dataThrough, bucket.dataThrough);
  }
  return {
    quantities,
    known,
    shapes: [...shapes.values()],
    ...(dataThrough === undefined ? {} : { dataThrough }),
  };
}

/** Buckets of one `[start, end)`, and their totals. */
export interface BucketUsage extends Period, UsageTotals {
  readonly buckets: readonly UsageBucket[];
}

/**
 * Groups buckets by exact start and end, in time order: compute hours join storage hours of the same edges. A group of a
 * length that the other breakdown does not use tells nothing about that breakdown, not even zero.
 */
export function byBucket(buckets: readonly UsageBucket[], known: Known): BucketUsage[] {
  const groups = Map.groupBy(buckets, ({ start, end }) => `${start}/${end}`);
  const stored = new Set(
    buckets.filter(({ kind }) => kind === 'storage').map(({ start, end }) => end - start),
  );
  return [...groups.values()]
    .map((group) => {
      const [{ start, end }] = group as [UsageBucket, ...UsageBucket[]];
      const has = (kind: UsageBucket['kind']): boolean => group.some((bucket) => bucket.kind === kind);
      const isStorageLength = stored.size === 0 || stored.has(end - start);
      const own = {
        compute: known.compute && (end - start === HOUR || has('compute')),
        storage: known.storage && (isStorageLength || has('storage')),
      };
      return { start, end, buckets: group, ...totalsOf(group, own) };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Sums the amounts of quantities that are already totals; levels are left out. */
export function addUp(all: Iterable<Quantities>): Quantities {
  const total: MutableQuantities = {};
  for (const quantities of all) {
    addAmounts(total, quantities);
  }
  return total;
}

/** Most awake first, then most storage. */
export function compareUsage(a: Quantities, b: Quantities): number {
  return (
    compareAmounts(b.awake_seconds ?? 0, a.awake_seconds ?? 0) ||
    compareAmounts(b.storage_mib_seconds ?? 0, a.storage_mib_seconds ?? 0)
  );
}

/** Whether the total of a meter is complete. */
export function isWholeIn(known: Known, meter: MeterId): boolean {
  return known[isStorageMeter(meter) ? 'storage' : 'compute'];
}

/** Whether a meter is in the storage breakdown, not the compute one. */
export function isStorageMeter(meter: MeterId): boolean {
  return meter === 'storage_mib_seconds' || meter === 'logical_storage_bytes';
}

type MutableQuantities = Partial<Record<MeterId, Amount>>;

/** Zero for every meter of the known breakdowns. */
export function noUsage(known: Known): Quantities {
  const meters = [...(known.compute ? COMPUTE_METERS : []), ...(known.storage ? STORAGE_METERS : [])];
  return Object.fromEntries(meters.map((meter) => [meter, 0]));
}

function addAmounts(into: MutableQuantities, from: Quantities): void {
  for (const [meter, amount] of entriesOf(from)) {
    if (meterOf(meter).kind === 'amount') {
      into[meter] = add(into[meter] ?? 0, amount);
    }
  }
}

function copyLevels(into: MutableQuantities, from: Quantities): void {
  for (const [meter, amount] of entriesOf(from)) {
    if (meterOf(meter).kind === 'level') {
      into[meter] = amount;
    }
  }
}

function entriesOf(quantities: Quantities): [MeterId, Amount][] {
  return Object.entries(quantities) as [MeterId, Amount][];
}

function laterOf(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}
