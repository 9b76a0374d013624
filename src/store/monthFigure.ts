import type { UsagePlan } from '../providers/plan';
import { type Amount, add, compareAmounts, subtract } from '../usage/amount';
import { type DayColumns, amountAt } from '../usage/columns';
import { type MeterId, type MoneyKind, compareMeters, isMoneyKind } from '../usage/meter';
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
  const billed = summary.value?.billed[meter];
  const used = summary.value?.used;
  if (used !== undefined) {
    return { ...UNKNOWN, metered: used[meter], meteredAsOf: summary.asOf };
  }
  if (usage.spend.value !== undefined) {
    return { ...UNKNOWN, metered: spentOn(usage.spend.value, meter), meteredAsOf: usage.spend.asOf };
  }
  const machines = usage[meter === 'storage_mib_seconds' ? 'storage' : 'compute'];
  const metered =
    machines.value === undefined && usage.totals === undefined
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

const UNKNOWN: MonthFigure = {
  billed: undefined,
  billedAsOf: undefined,
  metered: undefined,
  meteredAsOf: undefined,
  notYetClosed: undefined,
};

/** Over all days and categories; undefined when the vendor has nothing in that unit. */
function spentOn(days: DayColumns, meter: MeterId): Amount | undefined {
  let total: Amount | undefined;
  for (const columns of days.values()) {
    for (let row = 0; row < columns.length; row += 1) {
      const amount = amountAt(columns, meter, row);
      total = amount === undefined ? total : add(total ?? 0, amount);
    }
  }
  return total;
}

/** The meters of the month that a plan's figure stands for: itself, or money of its kind in each unit that there is. */
export function metersFor(usage: AccountUsage, figure: MeterId | MoneyKind): MeterId[] {
  if (!isMoneyKind(figure)) {
    return [figure];
  }
  const columns = [...(usage.spend.value?.values() ?? [])].flatMap((own) => [...own.amounts.keys()]);
  const known = new Set([...columns, ...(Object.keys(usage.summary.value?.used ?? {}) as MeterId[])]);
  return [...known].filter((meter) => meter.startsWith(`${figure}.`)).sort(compareMeters);
}

/** The figure of the month that people look at first: the plan's headline, or where that is not known what is. */
export function headlineOf(
  usage: AccountUsage,
  { headline, figures, tellsBilled }: UsagePlan,
): MeterId | undefined {
  const meters = [headline, ...figures].flatMap((figure) => metersFor(usage, figure));
  const known = meters.find((meter) => {
    const { billed, metered } = monthFigure(usage, meter);
    return (tellsBilled ? billed : metered) !== undefined;
  });
  return tellsBilled ? meters[0] : (known ?? meters[0]);
}

function difference(metered: Amount | undefined, billed: Amount | undefined): Amount | undefined {
  return metered === undefined || billed === undefined || compareAmounts(metered, billed) < 0
    ? undefined
    : subtract(metered, billed);
}
