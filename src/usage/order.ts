import { type Amount, compareAmounts, subtract } from './amount';

/** For sorting: the largest absolute value first. */
export function bySize(a: Amount, b: Amount): number {
  return compareAmounts(sizeOf(b), sizeOf(a));
}

/** Breaks ties when sorting, so that the order is stable. */
export function byMachineId(a: { readonly machineId: string }, b: { readonly machineId: string }): number {
  return a.machineId < b.machineId ? -1 : 1;
}

function sizeOf(amount: Amount): Amount {
  return amount < 0 ? subtract(0, amount) : amount;
}
