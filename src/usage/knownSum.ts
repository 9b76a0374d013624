import { add, type Amount } from './amount';
import { isMoney, type MeterId } from './meter';

/**
 * What the known parts of something come to: its days, its machines, its accounts. `whole` is false when a part is not known.
 * Then it is no total, and whoever shows it says so ({@link marked}; docs/decisions/0032).
 */
export interface KnownSum {
  readonly amount: Amount;
  readonly whole: boolean;
}

/** Undefined where no part is known. */
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

/** `≥ 41 h` of what lacks a part. Money may become less by a part that is a credit: `$3.00 + ?`. */
export function marked(figure: string, { whole }: Pick<KnownSum, 'whole'>, meter: MeterId): string {
  if (whole) {
    return figure;
  }
  return isMoney(meter) || meter === 'credit_cents' ? `${figure} + ?` : `≥ ${figure}`;
}
