import type { RatedMeter, Rates } from '../../usage/rates';
import { type ForecastSource, meterForecast } from '../forecast/meterForecast';
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
export function forecastEstimate(
  of: ForecastSource,
  { lines, unknown }: Pick<MonthEstimate, 'lines' | 'unknown'>,
  rates: Rates,
): EstimateForecast | undefined {
  const bounds: Partial<Record<RatedMeter, ForecastBounds>> = {};
  for (const meter of [...lines.map((line) => line.meter), ...unknown]) {
    const end = meterForecast(of, meter);
    if (end === undefined) {
      return undefined;
    }
    bounds[meter] = end.forecast;
  }
  return estimateForecast(bounds, rates);
}
