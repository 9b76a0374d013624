import { type Amount, compareAmounts, subtract } from '../usage/amount';
import { type MeterId } from '../usage/meter';
import type { EpochMs } from '../usage/time';
import { addUp } from '../usage/totals';
import { type AccountUsage, machinesOf } from './accountUsage';

/** One meter of the month to date: three different numbers, each with its own time. */
export interface MonthFigure {
  /** What the vendor has billed, from closed buckets of the organisation; undefined when not known. */
  readonly billed: Amount | undefined;
  readonly billedAsOf: EpochMs | undefined;
  /** What all machines used, open buckets included; undefined when not known. */
  readonly metered: Amount | undefined;
  readonly meteredAsOf: EpochMs | undefined;
  /**
   * Metered and not billed yet. Undefined unless both were read by the same refresh: the difference between two times
   * would mean nothing. Undefined as well where more is billed than metered.
   */
  readonly notYetClosed: Amount | undefined;
}

export function monthFigure(usage: AccountUsage, meter: MeterId): MonthFigure {
  const { summary } = usage;
  const machines = usage[meter === 'storage_mib_seconds' ? 'storage' : 'compute'];
  const billed = summary.value?.billed[meter];
  const metered =
    machines.value === undefined
      ? undefined
      : (addUp(machinesOf(usage).map(({ quantities }) => quantities))[meter] ?? 0);
  const together = summary.failure === undefined && machines.failure === undefined;
  return {
    billed,
    billedAsOf: summary.asOf,
    metered,
    meteredAsOf: machines.asOf,
    notYetClosed: together ? difference(metered, billed) : undefined,
  };
}

function difference(metered: Amount | undefined, billed: Amount | undefined): Amount | undefined {
  return metered === undefined || billed === undefined || compareAmounts(metered, billed) < 0
    ? undefined
    : subtract(metered, billed);
}
