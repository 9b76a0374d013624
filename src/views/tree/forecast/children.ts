import { forecastMeters, type MeterForecast, meterForecast } from '../../../insights/forecast/meterForecast';
import { monthOf } from '../../../usage/time';
import type { AccountNode } from '../account/nodes';
import { capabilitiesOf, type TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import type { ForecastsNode } from './nodes';

/** Nothing until three whole days are known. */
export function forecastsRow(node: AccountNode, context: TreeContext): TreeNode[] {
  return endsOf(node, context).length === 0 ? [] : [{ ...below(node, 'monthEnd'), kind: 'monthEnd' }];
}

export function forecastRows(node: ForecastsNode, context: TreeContext): TreeNode[] {
  return endsOf(node, context).map((end) => ({ ...below(node, end.meter), kind: 'forecast', end }));
}

/** A forecast for each figure of the month that can have one. A month that is over has none. */
export function endsOf(
  node: Pick<TreeNode, 'account'>,
  { store, now }: Pick<TreeContext, 'store' | 'now'>,
): MeterForecast[] {
  const { account } = node;
  const known = store.known(account.id);
  if (known === undefined) {
    return [];
  }
  const { usage, dayCache } = known;
  const at = now();
  const capabilities = capabilitiesOf(node);
  return monthOf(at).start === usage.period.start
    ? forecastMeters(usage, capabilities).flatMap(
        (meter) => meterForecast({ capabilities, account, usage, dayCache, now: at }, meter) ?? [],
      )
    : [];
}
