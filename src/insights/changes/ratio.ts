import { type Amount, toAmount } from '../../usage/amount';

/** The exact product. */
export function multiply(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) {
      return toAmount(product);
    }
  }
  return toAmount(BigInt(a) * BigInt(b));
}

/**
 * `amount × by ÷ of`, rounded once, half away from zero. Undefined when `by` or `of` is unknown or not above zero.
 */
export function scaled(amount: Amount, by: Amount | undefined, of: Amount | undefined): Amount | undefined {
  if (by === undefined || of === undefined || by <= 0 || of <= 0) {
    return undefined;
  }
  const [dividend, divisor] = [BigInt(amount) * BigInt(by), BigInt(of)];
  const size = ((dividend < 0n ? -dividend : dividend) * 2n + divisor) / (divisor * 2n);
  return toAmount(dividend < 0n ? -size : size);
}
