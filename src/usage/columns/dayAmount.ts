import { add, type Amount } from '../amount';
import { isElsewhere } from '../elsewhere';
import type { KnownSum } from '../knownSum';
import { isMoney, type MeterId, METERS } from '../meter';
import { amountAt, type UsageColumns } from './columns';

const sums = new WeakMap<UsageColumns, Map<MeterId, KnownSum | undefined>>();

/**
 * What the rows of a day come to in a meter. Not whole where a row does not tell it, or tells it in another unit; undefined
 * where none does. Kept with the columns: each is looked at with every view.
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
 * Whether the rows tell all that there was of a meter. A meter that a vendor documents is in every row; money is in those
 * rows that cost something of its kind, and a vendor's line in those that have it.
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
