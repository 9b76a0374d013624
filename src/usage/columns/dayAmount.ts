import { add, type Amount } from '../amount';
import { isElsewhere } from '../elsewhere';
import type { KnownSum } from '../knownSum';
import { isMoney, type MeterId, METERS } from '../meter';
import { amountAt, type UsageColumns } from './columns';

const sums = new WeakMap<UsageColumns, Map<MeterId, KnownSum | undefined>>();

/**
 * The sum of a day's rows in a meter. Not whole if a row lacks the meter or has it in another unit; undefined if no row has
 * it. Memoized by columns, because every view asks for each day.
 */
export function dayAmount(columns: UsageColumns, meter: MeterId): KnownSum | undefined {
  const known = sums.get(columns) ?? new Map<MeterId, KnownSum | undefined>();
  sums.set(columns, known);
  if (!known.has(meter)) {
    const whole = tellsAll(columns, meter);
    const isTold = whole || columns.amounts.has(meter);
    known.set(meter, isTold ? { amount: amountOf(columns, meter), whole } : undefined);
  }
  return known.get(meter);
}

function amountOf(columns: UsageColumns, meter: MeterId): Amount {
  let sum: Amount = 0;
  for (let row = 0; row < columns.length; row += 1) {
    sum = add(sum, amountAt(columns, meter, row) ?? 0);
  }
  return sum;
}

/**
 * Whether the rows give the full usage of a meter. A documented meter is in every row. Money is only in rows that cost
 * something of its kind, and a vendor's line only in rows that have it.
 */
function tellsAll(columns: UsageColumns, meter: MeterId): boolean {
  if (columns.length === 0) {
    return true;
  }
  if (Object.hasOwn(METERS, meter)) {
    return columns.amounts.get(meter)?.some(Number.isNaN) === false;
  }
  return !isMoney(meter) || ([...columns.amounts.keys()].some(isMoney) && !isElsewhere(columns, meter));
}
