import type { UsagePlan } from '../providers/plan';
import type { Account } from '../usage/account';
import type { RatedMeter, Rates } from '../usage/rates/rates';
import type { EpochMs } from '../usage/time';
import type { History } from './history';
import { monthEnd } from './monthEnd';
import {
  type EstimateForecast,
  type ForecastBounds,
  type MonthEstimate,
  estimateForecast,
} from './monthEstimate';

/**
 * What the month will come to by a person's own rates. Undefined where one of the meters that the estimate is made of has
 * no forecast: without it the money would seem to be less.
 */
export function estimatedMonthEnd(
  plan: UsagePlan,
  account: Pick<Account, 'grouping'>,
  history: History,
  { lines }: Pick<MonthEstimate, 'lines'>,
  rates: Rates,
  now: EpochMs,
): EstimateForecast | undefined {
  const bounds: Partial<Record<RatedMeter, ForecastBounds>> = {};
  for (const { meter } of lines) {
    const end = monthEnd(plan, account, history, meter, now);
    if (end === undefined) {
      return undefined;
    }
    bounds[meter] = end.forecast;
  }
  return estimateForecast(bounds, rates);
}
