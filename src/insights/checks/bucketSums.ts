import { add, type Amount } from '../../usage/amount';
import type { Quantities } from '../../usage/bucket';
import { amountAt, endAt, startAt, type UsageColumns } from '../../usage/columns/columns';
import { type MeterId, meterOf } from '../../usage/meter';
import { type Period, SECOND } from '../../usage/time';
import { ROWS_A_STEP, type TimeSliced } from './timeSliced';

const MILLICORES = 1000;

/** What rows add up to, in the vendor's units, exactly. */
export interface RowSums {
  readonly sums: Quantities;
  /** Maximum error by rounding: vendors count whole seconds, so each row with usage may be a second off, at its own rate. */
  readonly rounding: Quantities;
}

/** What all machines used in one bucket `[start, end)`. */
export interface BucketSum extends Period, RowSums {}

type Growing = Period & Record<'sums' | 'rounding', Partial<Record<MeterId, Amount>>>;

/** The sums by bucket, in order of their ends. Amounts only: levels are not summed. */
export function* bucketSums(columns: UsageColumns): TimeSliced<readonly BucketSum[]> {
  const meters = [...columns.amounts.keys()].filter((meter) => meterOf(meter).kind === 'amount');
  const buckets = new Map<string, Growing>();
  let bucket: Growing | undefined;
  for (let row = 0; row < columns.length; row += 1) {
    const [start, end] = [startAt(columns, row), endAt(columns, row)];
    if (bucket?.start !== start || bucket.end !== end) {
      bucket = buckets.get(`${start} ${end}`) ?? { start, end, sums: {}, rounding: {} };
      buckets.set(`${start} ${end}`, bucket);
    }
    for (const meter of meters) {
      const amount = amountAt(columns, meter, row) ?? 0;
      bucket.sums[meter] = add(bucket.sums[meter] ?? 0, amount);
      bucket.rounding[meter] = add(bucket.rounding[meter] ?? 0, ofASecond(columns, row, meter, amount));
    }
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) {
      yield;
    }
  }
  return [...buckets.values()].sort((a, b) => a.end - b.end || a.start - b.start);
}

/** What a row used in a second, rounded up; zero if the row used nothing, and never more than the row used. */
function ofASecond(columns: UsageColumns, row: number, meter: MeterId, amount: Amount): number {
  const size = Math.abs(Number(amount));
  if (meter === 'awake_seconds') {
    return Math.min(1, size);
  }
  const shape = columns.shapes[columns.shape[row] ?? -1];
  if (shape !== undefined && meter === 'cpu_millicore_seconds') {
    return Math.min(Math.ceil(shape.vcpu * MILLICORES), size);
  }
  if (shape !== undefined && meter === 'memory_mib_seconds') {
    return Math.min(shape.memoryMib, size);
  }
  const awake = Number(amountAt(columns, 'awake_seconds', row) ?? 0);
  const seconds = awake > 0 ? awake : (endAt(columns, row) - startAt(columns, row)) / SECOND;
  return Math.ceil(size / Math.max(1, seconds));
}
