/**
 * An exact whole quantity: vendors count in int64, JavaScript numbers are exact only up to 2^53 − 1.
 * Invariant: a `number` here is always a safe integer; anything larger is a `bigint`.
 * So the usual case is as cheap as a number, and no value is ever rounded silently.
 */
export type Amount = number | bigint;

/** Brings a whole number into the form that {@link Amount} promises. Throws RangeError for anything that is not exact. */
export function toAmount(value: number | bigint): Amount {
  if (typeof value === 'bigint') {
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(value)
      : value;
  }
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('not an exact whole number');
  }
  return value === 0 ? 0 : value; // −0 would print as "-0"
}

export function add(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) {
      return sum;
    }
  }
  return toAmount(BigInt(a) + BigInt(b));
}

export function subtract(a: Amount, b: Amount): Amount {
  return add(a, typeof b === 'bigint' ? toAmount(-b) : -b);
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total: Amount = 0;
  for (const amount of amounts) {
    total = add(total, amount);
  }
  return total;
}

/** Order by value, for sorting: negative, zero or positive. */
export function compareAmounts(a: Amount, b: Amount): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The nearest double, for drawing and for rounded display only; never add these up. */
export function toApproximateNumber(amount: Amount): number {
  return Number(amount);
}
