import type { ChartPlan, ProviderCapabilities } from '../../../providers/capabilities';
import type { DayBlock } from '../../../store/dayBlock';
import type { DayCache } from '../../../store/dayCache';
import { dayPartOf } from '../../../store/dayParts';
import type { Account } from '../../../usage/account';
import type { BreakdownId } from '../../../usage/breakdownId';
import { startAt, type UsageColumns } from '../../../usage/columns/columns';
import { compareMeters, type MeterId, meterOf, type MoneyKind, moneyMeter } from '../../../usage/meter';
import type { Granularity } from '../../../usage/range';
import type { UtcDay } from '../../../usage/time';

/** Whether the vendor has any figures by the hour. */
export function givesHours({ charts }: Pick<ProviderCapabilities, 'charts'>): boolean {
  return charts.some(({ hours }) => hours !== undefined);
}

/** What usage can be stacked by: its subject and, for machines, their shape. */
export function stackingsOf({
  subject,
}: Pick<ProviderCapabilities, 'subject'>): readonly ('machine' | 'shape')[] {
  return subject === 'machine' ? ['machine', 'shape'] : ['machine'];
}

/** A chart's breakdown: by hour only if its vendor has hours. */
export function partOf(
  chart: ChartPlan,
  granularity: Granularity,
  capabilities: Pick<ProviderCapabilities, 'groupings'>,
  account: Pick<Account, 'grouping'>,
): BreakdownId {
  return granularity === 'hour' && chart.hours !== undefined
    ? chart.hours
    : dayPartOf(chart, capabilities, account);
}

export type Blocks = ReadonlyMap<UtcDay, DayBlock | undefined>;

export function blocksOf(dayCache: DayCache, part: BreakdownId, days: readonly UtcDay[]): Blocks {
  return new Map(days.map((day) => [day, dayCache.block(part, day)]));
}

/** Lazy and re-iterable, so that many days are not all unpacked at once. */
export function columnsOf(blocks: Blocks): Iterable<UsageColumns> {
  return {
    *[Symbol.iterator]() {
      for (const block of blocks.values()) {
        if (block !== undefined) {
          yield block.columns;
        }
      }
    },
  };
}

/** Whether any columns satisfy `isSo`. */
export function someColumns(all: Iterable<UsageColumns>, isSo: (columns: UsageColumns) => boolean): boolean {
  for (const columns of all) {
    if (isSo(columns)) {
      return true;
    }
  }
  return false;
}

/** Which meters a chart has, and which of them it shows. */
export interface ChartMeters {
  readonly shown: MeterId;
  /** In display order: levels before sums over time. */
  readonly offered: readonly MeterId[];
  /** For money: the meters in other units, which are not drawn. */
  readonly elsewhere: readonly MeterId[];
}

/**
 * Shows the chosen meter if the chart has it, else the first. For money, the chart has the meters of its rows, and the
 * meter of the newest row comes first.
 *
 * @param otherwise for money, when no row has any
 */
export function chartMeters(
  capabilities: ChartPlan,
  chosen: MeterId,
  columns: Iterable<UsageColumns>,
  otherwise: MeterId | undefined,
): ChartMeters {
  const meters = metersOf(capabilities, columns);
  if (typeof meters === 'string') {
    const found = moneyIn(columns, meters);
    const newest = found[0] ?? otherwise ?? moneyMeter(meters, 'major');
    const shown = found.includes(chosen) ? chosen : newest;
    return {
      shown,
      offered: found.length === 0 ? [shown] : found.toSorted(compareMeters),
      elsewhere: found.filter((meter) => meter !== shown),
    };
  }
  const levels = meters.filter((meter) => meterOf(meter).kind === 'level');
  const offered = [...levels, ...meters.filter((meter) => !levels.includes(meter))];
  const [first = chosen] = meters;
  return { shown: meters.includes(chosen) ? chosen : first, offered, elsewhere: [] };
}

/** A chart's meters, or the money that takes their place. */
function metersOf({ meters, orMoney }: ChartPlan, columns: Iterable<UsageColumns>): ChartPlan['meters'] {
  const has =
    typeof meters === 'string' ||
    someColumns(columns, ({ amounts }) => meters.some((own) => amounts.has(own)));
  return !has && orMoney !== undefined && moneyIn(columns, orMoney).length > 0 ? orMoney : meters;
}

/** The choice on the dashboard that belongs to a chart. */
export function chosenMeter(
  { id }: Pick<ChartPlan, 'id'>,
  choices: { readonly computeMeter: MeterId; readonly storageMeter: MeterId },
): MeterId {
  return choices[id === 'compute' ? 'computeMeter' : 'storageMeter'];
}

/** The meters of a kind of money with a known value, by their newest row, newest first. */
function moneyIn(columns: Iterable<UsageColumns>, kind: MoneyKind): MeterId[] {
  const newest = new Map<MeterId, number>();
  for (const own of columns) {
    for (const [meter, values] of own.amounts) {
      if (!meter.startsWith(`${kind}.`)) {
        continue;
      }
      values.forEach((value, row) => {
        if (!Number.isNaN(value)) {
          newest.set(meter, Math.max(newest.get(meter) ?? Number.NEGATIVE_INFINITY, startAt(own, row)));
        }
      });
    }
  }
  return [...newest].sort(([a, atA], [b, atB]) => atB - atA || compareMeters(a, b)).map(([meter]) => meter);
}
