import { add, type Amount, compareAmounts } from '../amount';
import type { MachineShape, Quantities, UsageBucket } from '../bucket';
import { type MeterId, meterOf } from '../meter';
import { type EpochMs, HOUR, type Period } from '../time';

/** Which breakdowns were read in full. A machine without rows in such a one used nothing; in any other its usage is unknown. */
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
  /** Sums of amounts; levels of the newest bucket. An incomplete breakdown counts as far as it is known. */
  readonly quantities: Quantities;
  readonly known: Known;
  /** One entry a shape, in the order of first appearance; more than one after a resize. */
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

/** Adds buckets up, exactly. Several shapes of one machine in one bucket are several rows, and all of them count. */
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
 * Groups buckets by their exact edges, in order of time: compute hours and storage hours meet, unlike ones stay apart. One
 * that is as long as no bucket of the other breakdown says nothing of that one, not even that there was none.
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

/** Adds amounts up over quantities that were already totalled; levels are left out. */
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

/** Whether the total of a meter is all of it. */
export function isWholeIn(known: Known, meter: MeterId): boolean {
  return known[isStorageMeter(meter) ? 'storage' : 'compute'];
}

/** Which of the two breakdowns of machines tells of a meter. */
export function isStorageMeter(meter: MeterId): boolean {
  return meter === 'storage_mib_seconds' || meter === 'logical_storage_bytes';
}

type MutableQuantities = Partial<Record<MeterId, Amount>>;

/** Nothing used, of what is known. */
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
