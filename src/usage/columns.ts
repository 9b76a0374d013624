import type { Amount } from './amount';
import type { MachineShape, UsageBucket } from './bucket';
import { METERS, type MeterId } from './meter';
import type { UtcDay } from './time';
import { utcDay } from './time';

/**
 * Usage buckets of one breakdown as columns: a row is one machine in one bucket `[start, end)` and, for compute, in one
 * shape. A million rows as objects would cost half a gigabyte; as columns they cost 50 MB and are summed in milliseconds.
 * The identifiers of metering buckets and meter events are not kept here.
 */
export interface UsageColumns {
  readonly length: number;
  /** What the numbers in `machine` stand for. */
  readonly machineIds: readonly string[];
  /** What the numbers in `shape` stand for; −1 there is no shape. */
  readonly shapes: readonly MachineShape[];
  readonly machine: Uint32Array;
  readonly shape: Int32Array;
  /** UTC milliseconds. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** In the meter's own unit; NaN where it is unknown. The nearest double where `beyond` has the exact value. */
  readonly amounts: ReadonlyMap<MeterId, Float64Array>;
  /** Exact values beyond 2^53, by meter and row. */
  readonly beyond: ReadonlyMap<MeterId, ReadonlyMap<number, bigint>>;
  /** End of the newest raw window, and when the latest meter event was emitted; UTC milliseconds, NaN where not told. */
  readonly dataThrough: Float64Array;
  readonly emittedAt: Float64Array;
}

export function toColumns(buckets: readonly UsageBucket[]): UsageColumns {
  const machines = new Dictionary<string>();
  const shapes = new Dictionary<MachineShape>();
  const amounts = new Map<MeterId, Float64Array>();
  const beyond = new Map<MeterId, Map<number, bigint>>();
  const column = (): Float64Array => new Float64Array(buckets.length).fill(Number.NaN);
  const columns = {
    length: buckets.length,
    machineIds: machines.values,
    shapes: shapes.values,
    machine: new Uint32Array(buckets.length),
    shape: new Int32Array(buckets.length).fill(-1),
    start: column(),
    end: column(),
    amounts,
    beyond,
    dataThrough: column(),
    emittedAt: column(),
  };
  buckets.forEach((bucket, row) => {
    columns.machine[row] = machines.indexOf(bucket.machineId, bucket.machineId);
    if (bucket.shape !== undefined) {
      columns.shape[row] = shapes.indexOf(shapeKey(bucket.shape), bucket.shape);
    }
    columns.start[row] = bucket.start;
    columns.end[row] = bucket.end;
    columns.dataThrough[row] = bucket.dataThrough ?? Number.NaN;
    columns.emittedAt[row] = bucket.emittedAt ?? Number.NaN;
    for (const [meter, amount] of Object.entries(bucket.quantities) as [MeterId, Amount][]) {
      const values = amounts.get(meter) ?? column();
      amounts.set(meter, values);
      values[row] = Number(amount);
      if (typeof amount === 'bigint') {
        beyond.set(meter, (beyond.get(meter) ?? new Map<number, bigint>()).set(row, amount));
      }
    }
  });
  return columns;
}

/** Sorts buckets into the UTC days in which they begin; every one of `days` gets columns, empty ones too. */
export function columnsByDay(
  buckets: readonly UsageBucket[],
  days: readonly UtcDay[],
): Map<UtcDay, UsageColumns> {
  const groups = Map.groupBy(buckets, (bucket) => utcDay(bucket.start));
  return new Map(days.map((day) => [day, toColumns(groups.get(day) ?? [])]));
}

/** One exact value; undefined where it is unknown. */
export function amountAt(columns: UsageColumns, meter: MeterId, row: number): Amount | undefined {
  const value = columns.amounts.get(meter)?.[row];
  return value === undefined || Number.isNaN(value)
    ? undefined
    : (columns.beyond.get(meter)?.get(row) ?? value);
}

export function metersOf(columns: UsageColumns): MeterId[] {
  return (Object.keys(METERS) as MeterId[]).filter((meter) => columns.amounts.has(meter));
}

/** Two shapes are the same when the vendor's fingerprint and the numbers are. */
export function shapeKey({ fingerprint, vcpu, memoryMib, storageGib }: MachineShape): string {
  return JSON.stringify([fingerprint, vcpu, memoryMib, storageGib]);
}

/** Numbers things in the order in which they first appear. */
export class Dictionary<T> {
  readonly values: T[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(key: string, value: T): number {
    const known = this.#indexes.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#indexes.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
