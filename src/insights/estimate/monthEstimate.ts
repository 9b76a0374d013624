import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage } from '../../store/accountUsage';
import { type Amount, toAmount } from '../../usage/amount';
import type { Quantities } from '../../usage/bucket';
import { isMoneyKind } from '../../usage/meter';
import { RATED_METERS, type RatedMeter, type Rates } from '../../usage/rates';
import { type EpochMs, monthOf, type Period } from '../../usage/time';
import type { Forecast } from '../forecast/monthForecast';
import { monthFigure } from '../month/monthFigure';
import { type Estimate, estimate } from './estimate';

/** The cost of the month to date, by the person's own rates. */
export interface MonthEstimate extends Estimate {
  /** The time up to which its usage is metered; undefined when unknown. */
  readonly asOf: EpochMs | undefined;
}

/** The expected cost of the month, in the same money. `low` and `high` take all meters at their low and high ends. */
export interface EstimateForecast {
  readonly total: Estimate;
  readonly low: Estimate;
  readonly high: Estimate;
}

/** What is needed of a meter's forecast; amounts in the vendor's unit. */
export type ForecastBounds = Pick<Forecast, 'month' | 'total' | 'low' | 'high'>;

/** Whether rates apply: the vendor tells quantities that have a price, and no money. */
export function takesRates({ figures }: Pick<ProviderCapabilities, 'figures'>): boolean {
  return !figures.some(isMoneyKind) && RATED_METERS.some((meter) => figures.includes(meter));
}

/**
 * The month to date as metered, open buckets included. Undefined when nothing with a rate is known.
 * Included storage is its GiB × the hours up to the reading of storage, or up to `now` when that time is unknown.
 */
export function monthEstimate(usage: AccountUsage, rates: Rates, now: EpochMs): MonthEstimate | undefined {
  const { quantities, asOf, storageAsOf } = metered(usage);
  const month = monthOf(usage.period.start);
  const made = estimate(quantities, rates, {
    start: month.start,
    end: Math.min(month.end, storageAsOf ?? now),
  });
  return made === undefined ? undefined : { ...made, asOf };
}

/**
 * The whole month, with the included amounts of a whole month. Undefined when no meter with a rate has a forecast.
 * Meters seldom all end high or all end low, so the money is within `low` and `high` more often than each meter is.
 */
export function estimateForecast(
  perMeter: Readonly<Partial<Record<RatedMeter, ForecastBounds>>>,
  rates: Rates,
): EstimateForecast | undefined {
  const [first] = Object.values(perMeter);
  const made = (end: 'total' | 'low' | 'high', whole: Period): Estimate | undefined =>
    estimate(quantitiesAt(perMeter, end), rates, whole);
  if (first === undefined) {
    return undefined;
  }
  const { month } = first;
  const [total, low, high] = [made('total', month), made('low', month), made('high', month)];
  return total === undefined || low === undefined || high === undefined ? undefined : { total, low, high };
}

interface Metered {
  readonly quantities: Quantities;
  readonly asOf: EpochMs | undefined;
  readonly storageAsOf: EpochMs | undefined;
}

const cache = new WeakMap<AccountUsage, Metered>();

/** Summed over all machines only once per state of an account, because every view asks. */
function metered(usage: AccountUsage): Metered {
  const known = cache.get(usage);
  if (known !== undefined) {
    return known;
  }
  const quantities: Partial<Record<RatedMeter, Amount>> = {};
  const times: EpochMs[] = [];
  for (const meter of RATED_METERS) {
    const { metered: amount, meteredAsOf } = monthFigure(usage, meter);
    if (amount !== undefined) {
      quantities[meter] = amount;
      times.push(...(meteredAsOf === undefined ? [] : [meteredAsOf]));
    }
  }
  const asOf = times.length === 0 ? undefined : Math.min(...times);
  const made: Metered = { quantities, asOf, storageAsOf: usage.storage.asOf };
  cache.set(usage, made);
  return made;
}

/** Forecasts are doubles; the vendor counts in whole units. */
function quantitiesAt(
  perMeter: Readonly<Partial<Record<RatedMeter, ForecastBounds>>>,
  end: 'total' | 'low' | 'high',
): Quantities {
  const quantities: Partial<Record<RatedMeter, Amount>> = {};
  for (const meter of RATED_METERS) {
    const bounds = perMeter[meter];
    if (bounds !== undefined) {
      quantities[meter] = toAmount(BigInt(Math.round(bounds[end])));
    }
  }
  return quantities;
}
