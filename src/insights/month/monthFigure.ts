import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage } from '../../store/accountUsage';
import { type Amount, compareAmounts, subtract, sum } from '../../usage/amount';
import type { DayColumns } from '../../usage/columns/columns';
import { dayAmount } from '../../usage/columns/dayAmount';
import { COMPUTE_METERS, isStorageMeter, STORAGE_METERS } from '../../usage/columns/totals';
import { type KnownSum, knownSum, totalOf } from '../../usage/knownSum';
import { compareMeters, isMoneyKind, type MeterId, type MoneyKind } from '../../usage/meter';
import type { EpochMs, UtcDay } from '../../usage/time';

/** One meter of the month to date: three different numbers, each with its own time. */
export interface MonthFigure {
  /** What the vendor has billed, from closed buckets of the organisation; undefined when not known. */
  readonly billed: Amount | undefined;
  readonly billedAsOf: EpochMs | undefined;
  /** Usage of all machines, open buckets included; undefined while a day is unknown. */
  readonly metered: Amount | undefined;
  /** The same over the known days only; undefined when none is known. */
  readonly meteredSum: KnownSum | undefined;
  readonly meteredAsOf: EpochMs | undefined;
  /** The days that {@link meteredSum} lacks, in full or in part. */
  readonly missing: readonly UtcDay[];
  /**
   * Metered but not billed yet. Undefined unless both were read by the same refresh, because a difference between two
   * times means nothing. Also undefined if more is billed than metered.
   */
  readonly notYetClosed: Amount | undefined;
}

export function monthFigure(usage: AccountUsage, meter: MeterId): MonthFigure {
  const { summary, spend } = usage;
  const billed = summary.value?.billed[meter];
  const used = summary.value?.used;
  if (used !== undefined) {
    return meteredAlone(knownSum([used[meter]]), summary.asOf, []);
  }
  if (spend.value !== undefined) {
    const { value, missing = [] } = spend;
    const lost = [...value].filter(([, columns]) => dayAmount(columns, meter)?.whole !== true);
    const days = [...new Set([...missing, ...lost.map(([day]) => day)])].sort();
    return meteredAlone(spentOn(spend.value, meter, days.length === 0), spend.asOf, days);
  }
  const machines = usage[isStorageMeter(meter) ? 'storage' : 'compute'];
  const sum = sumOfMachines(usage, meter);
  const metered = totalOf(sum);
  const together = summary.failure === undefined && machines.failure === undefined;
  return {
    billed,
    billedAsOf: summary.asOf,
    metered,
    meteredSum: sum,
    meteredAsOf: machines.asOf,
    missing: machines.missing ?? [],
    notYetClosed: together ? difference(metered, billed) : undefined,
  };
}

/** For a vendor that does not tell what it has billed. */
function meteredAlone(
  sum: KnownSum | undefined,
  asOf: EpochMs | undefined,
  missing: readonly UtcDay[],
): MonthFigure {
  return {
    ...{ billed: undefined, billedAsOf: undefined, notYetClosed: undefined },
    ...{ metered: totalOf(sum), meteredSum: sum, meteredAsOf: asOf, missing },
  };
}

/**
 * Undefined where no day of the breakdown is known, and for meters that machines do not have. Adds up days, not machines: the
 * sums of days are kept, so that a refresh adds up only what it has read.
 */
function sumOfMachines(usage: AccountUsage, meter: MeterId): KnownSum | undefined {
  const { compute, storage, totals } = usage;
  const { value, missing } = isStorageMeter(meter) ? storage : compute;
  if ((value === undefined && totals === undefined) || !MACHINE_METERS.includes(meter)) {
    return undefined;
  }
  const days = [...(compute.value?.values() ?? []), ...(storage.value?.values() ?? [])];
  const isOpened = compute.value !== undefined || storage.value !== undefined;
  const all = isOpened || totals === undefined ? days : [totals];
  return {
    amount: sum(all.map((columns) => dayAmount(columns, meter)?.amount ?? 0)),
    whole: missing === undefined,
  };
}

const MACHINE_METERS: readonly MeterId[] = [...COMPUTE_METERS, ...STORAGE_METERS];

/** Over all days and categories; undefined when the vendor has nothing in that unit. */
function spentOn(days: DayColumns, meter: MeterId, whole: boolean): KnownSum | undefined {
  const told = [...days.values()].filter(({ amounts }) => amounts.has(meter));
  const sum = knownSum(told.map((columns) => dayAmount(columns, meter)));
  return sum && { amount: sum.amount, whole };
}

/** The month's meters for a figure of the capabilities: the meter itself, or its kind of money in each unit of the month. */
export function metersFor(usage: AccountUsage, figure: MeterId | MoneyKind): MeterId[] {
  if (!isMoneyKind(figure)) {
    return [figure];
  }
  const columns = [...(usage.spend.value?.values() ?? [])].flatMap((own) => [...own.amounts.keys()]);
  const known = new Set([...columns, ...(Object.keys(usage.summary.value?.used ?? {}) as MeterId[])]);
  return [...known].filter((meter) => meter.startsWith(`${figure}.`)).sort(compareMeters);
}

/** The month's headline figure; where it is unknown, a known one. */
export function headlineOf(
  usage: AccountUsage,
  { headline, figures, tellsBilled }: ProviderCapabilities,
): MeterId | undefined {
  const meters = [headline, ...figures].flatMap((figure) => metersFor(usage, figure));
  const known = meters.find((meter) => {
    const { billed, meteredSum } = monthFigure(usage, meter);
    return (tellsBilled ? billed : meteredSum) !== undefined;
  });
  return tellsBilled ? meters[0] : (known ?? meters[0]);
}

/** The month's headline figure: as billed if the vendor tells that, else as metered. */
export interface Headline {
  readonly meter: MeterId;
  /** Undefined where it is unknown. */
  readonly sum: KnownSum | undefined;
  readonly asOf: EpochMs | undefined;
  /** The days that the sum lacks. */
  readonly missing: readonly UtcDay[];
}

/** Undefined while the unit of the vendor's money is not known. */
export function headlineFigure(
  usage: AccountUsage,
  capabilities: ProviderCapabilities,
): Headline | undefined {
  const meter = headlineOf(usage, capabilities);
  if (meter === undefined) {
    return undefined;
  }
  const { billed, billedAsOf, meteredSum, meteredAsOf, missing } = monthFigure(usage, meter);
  return capabilities.tellsBilled
    ? { meter, sum: knownSum([billed]), asOf: billedAsOf, missing: [] }
    : { meter, sum: meteredSum, asOf: meteredAsOf, missing };
}

function difference(metered: Amount | undefined, billed: Amount | undefined): Amount | undefined {
  return metered === undefined || billed === undefined || compareAmounts(metered, billed) < 0
    ? undefined
    : subtract(metered, billed);
}
