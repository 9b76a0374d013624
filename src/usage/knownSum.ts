import { add, type Amount } from './amount';
import { isMoney, type MeterId } from './meter';

/**
 * The sum of the known parts of something: its days, machines or accounts. `whole` is false if a part is unknown. Then the sum
 * is not a total, and must be shown with a mark ({@link marked}; docs/decisions/0032).
 */
export interface KnownSum {
  readonly amount: Amount;
  readonly whole: boolean;
}

/** Undefined if no part is known. */
export function knownSum(parts: Iterable<KnownSum | Amount | undefined>): KnownSum | undefined {
  let amount: Amount | undefined;
  let whole = true;
  for (const part of parts) {
    const own =
      typeof part === 'object' ? part : part === undefined ? undefined : { amount: part, whole: true };
    whole &&= own?.whole ?? false;
    amount = own === undefined ? amount : add(amount ?? 0, own.amount);
  }
  return amount === undefined ? undefined : { amount, whole };
}

/** The total; undefined while a part is unknown. */
export function totalOf(sum: KnownSum | undefined): Amount | undefined {
  return sum?.whole === true ? sum.amount : undefined;
}

/** Marks a sum that lacks a part: `≥ 41 h`, or `$3.00 + ?` for money, which a missing credit may reduce. */
export function marked(figure: string, { whole }: Pick<KnownSum, 'whole'>, meter: MeterId): string {
  if (whole) {
    return figure;
  }
  return isMoney(meter) || meter === 'credit_cents' ? `${figure} + ?` : `≥ ${figure}`;
}
