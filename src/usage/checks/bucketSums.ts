import { type Amount, add } from '../amount';
import type { Quantities } from '../bucket';
import { type UsageColumns, amountAt } from '../columns';
import { type MeterId, meterOf } from '../meter';
import type { Period } from '../time';
import { ROWS_A_STEP, type Steps } from './steps';

/** What all machines used in one bucket `[start, end)`, in the vendor's units, exactly. */
export interface BucketSum extends Period {
  readonly sums: Quantities;
}

/** By bucket, in order of their ends. Amounts only: levels are not summed. */
export function* bucketSums(columns: UsageColumns): Steps<readonly BucketSum[]> {
  const meters = [...columns.amounts.keys()].filter((meter) => meterOf(meter).kind === 'amount');
  const buckets = new Map<string, Period & { readonly sums: Partial<Record<MeterId, Amount>> }>();
  let bucket: (Period & { readonly sums: Partial<Record<MeterId, Amount>> }) | undefined;
  for (let row = 0; row < columns.length; row += 1) {
    const [start, end] = [columns.start[row] ?? Number.NaN, columns.end[row] ?? Number.NaN];
    if (bucket?.start !== start || bucket.end !== end) {
      bucket = buckets.get(`${start} ${end}`) ?? { start, end, sums: {} };
      buckets.set(`${start} ${end}`, bucket);
    }
    for (const meter of meters) {
      bucket.sums[meter] = add(bucket.sums[meter] ?? 0, amountAt(columns, meter, row) ?? 0);
    }
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) {
      yield;
    }
  }
  return [...buckets.values()].sort((a, b) => a.end - b.end || a.start - b.start);
}
