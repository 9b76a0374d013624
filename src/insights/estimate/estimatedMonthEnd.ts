import type { RatedMeter, Rates } from '../../usage/rates';
import { monthEnd, type MonthEndOf } from '../forecast/monthEnd';
import {
  type EstimateForecast,
  estimateForecast,
  type ForecastBounds,
  type MonthEstimate,
} from './monthEstimate';

/**
 * The expected cost of the month by the person's own rates. Undefined where a rated meter has no forecast: the sum would be
 * too low.
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
