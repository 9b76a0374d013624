import type { RatedMeter, Rates } from '../../usage/rates';
import { monthEnd, type MonthEndOf } from '../forecast/monthEnd';
import {
  type EstimateForecast,
  estimateForecast,
  type ForecastBounds,
  type MonthEstimate,
} from './monthEstimate';

/**
 * What the month will come to by a person's own rates. Undefined where one of the meters that have a rate has no
 * forecast: without it the money would seem to be less.
 */
export function estimatedMonthEnd(
  of: MonthEndOf,
  { lines, unknown }: Pick<MonthEstimate, 'lines' | 'unknown'>,
  rates: Rates,
): EstimateForecast | undefined {
  const bounds: Partial<Record<RatedMeter, ForecastBounds>> = {};
  for (const meter of [...lines.map((line) => line.meter), ...unknown]) {
    const end = monthEnd(of, meter);
    if (end === undefined) {
      return undefined;
    }
    bounds[meter] = end.forecast;
  }
  return estimateForecast(bounds, rates);
}
