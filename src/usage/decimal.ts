import { type Amount, toAmount } from './amount';

/**
 * Decimals as exact whole numbers of a small unit: `2.5` with 6 decimals is 2,500,000 millionths. Vendors give fractions as
 * doubles; the shortest decimal that a double prints as is the one that was meant.
 */

/**
 * A number from a vendor's JSON in units of 10^−`decimals`. Further digits are rounded, half away from zero, because they come
 * from binary fractions. Throws RangeError if the number is not finite.
 */
export function decimalAmount(value: number | bigint, decimals: number): Amount {
  if (typeof value === 'bigint') {
    return toAmount(value * 10n ** BigInt(decimals));
  }
  if (!Number.isFinite(value)) {
    throw new RangeError('not a finite number');
  }
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length + decimals;
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return toAmount(value < 0 ? -size : size);
}

/** The amount as a plain decimal without needless zeros: `2.5`. */
export function decimalText(amount: Amount, decimals: number): string {
  const text = String(amount < 0 ? -BigInt(amount) : BigInt(amount)).padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals).replace(/0+$/, '');
  return `${amount < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Rounds the quotient half up, for non-negative numbers. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend * 2n + divisor) / (divisor * 2n);
}
