import type { ChartPlan, ProviderCapabilities } from '../providers/capabilities';
import type { Account } from '../usage/account';
import type { BreakdownId } from '../usage/breakdownId';
import { isMoneyKind, type MeterId } from '../usage/meter';

/** The part of a chart's daily values; with groupings, the one for the account's own. */
export function dayPartOf(
  { days }: ChartPlan,
  { groupings }: Pick<ProviderCapabilities, 'groupings'>,
  { grouping }: Pick<Account, 'grouping'>,
): BreakdownId {
  if (typeof days === 'string') {
    return days;
  }
  const [first = 'external_user_id'] = groupings;
  return days[grouping ?? first];
}

/** The breakdowns by day that an account's charts and forecasts are made of. */
export function dayPartsOf(
  capabilities: Pick<ProviderCapabilities, 'charts' | 'groupings'>,
  account: Pick<Account, 'grouping'>,
): BreakdownId[] {
  return [...new Set(capabilities.charts.map((chart) => dayPartOf(chart, capabilities, account)))];
}

/** The part with a meter's values by day; undefined if the vendor has none. */
export function dayPartOfMeter(
  capabilities: Pick<ProviderCapabilities, 'charts' | 'groupings'>,
  account: Pick<Account, 'grouping'>,
  meter: MeterId,
): BreakdownId | undefined {
  const chart = capabilities.charts.find(
    ({ meters, orMoney }) => hasMeter(meters, meter) || (orMoney !== undefined && hasMeter(orMoney, meter)),
  );
  return chart === undefined ? undefined : dayPartOf(chart, capabilities, account);
}

function hasMeter(meters: ChartPlan['meters'], meter: MeterId): boolean {
  return typeof meters === 'string'
    ? isMoneyKind(meters) && meter.startsWith(`${meters}.`)
    : meters.includes(meter);
}
