import { type Amount, subtract, sum, toAmount } from '../../usage/amount';
import type { Quantities } from '../../usage/bucket';
import { divideRounded } from '../../usage/decimal';
import { meterOf, moneyMeter, type MoneyMeterId } from '../../usage/meter';
import { RATE_DECIMALS, RATE_OF, RATED_METERS, type RatedMeter, type Rates } from '../../usage/rates';
import { HOUR, type Period, SECOND } from '../../usage/time';

/** A quantity at its rate. */
export interface EstimateLine {
  readonly meter: RatedMeter;
  /** In the vendor's unit. */
  readonly quantity: Amount;
  /** How much of the quantity is included: never more than there is; in 10^−{@link RATE_DECIMALS} of the vendor's unit. */
  readonly included: Amount;
  /** For one display unit (vCPU-h, GiB-h), in 10^−{@link RATE_DECIMALS} of the currency. */
  readonly rate: Amount;
  /** The cost of what exceeds the included part, in the stored unit of the estimate's meter. */
  readonly money: Amount;
}

/** Money by a person's own rates. It is no vendor's figure, and not what a vendor bills. */
export interface Estimate {
  readonly meter: MoneyMeterId;
  /** The sum of the lines, minus {@link includedMoney}. */
  readonly amount: Amount;
  readonly lines: readonly EstimateLine[];
  /** The included money taken off the compute lines: never more than they cost. */
  readonly includedMoney: Amount;
  /** What has no rate, and is left out. */
  readonly unpriced: readonly RatedMeter[];
  /** What has a rate, but whose quantity is not known, and is left out. */
  readonly unknown: readonly RatedMeter[];
}

const UNIT = 10n ** BigInt(RATE_DECIMALS);
const SECONDS_AN_HOUR = BigInt(HOUR / SECOND);

/**
 * What the quantities cost at the rates. Undefined when no meter has both a quantity and a rate.
 * Exact, except for one rounding per line: of its money to 10^−8 cents, half away from zero.
 *
 * @param quantities in the vendor's units; only the rated meters count
 * @param elapsed the part of the month in which they were used: included storage is its GiB × the whole seconds of this part;
 * other included amounts are for the whole month, however much of it has passed
 */
export function estimate(quantities: Quantities, rates: Rates, elapsed: Period): Estimate | undefined {
  const rated = RATED_METERS.filter((meter) => rates[RATE_OF[meter]] !== undefined);
  const lines = rated.flatMap((meter): EstimateLine[] => {
    const [quantity, rate] = [quantities[meter], rates[RATE_OF[meter]]];
    return quantity === undefined || rate === undefined
      ? []
      : [lineOf(meter, quantity, rate, allowance(meter, rates, elapsed))];
  });
  if (lines.length === 0) {
    return undefined;
  }
  const compute = sum(lines.flatMap(({ meter, money }) => (meter === 'storage_mib_seconds' ? [] : money)));
  const includedMoney = lesser(compute, rates.included?.money ?? 0);
  return {
    meter: moneyMeter('estimate', rates.currency),
    amount: subtract(sum(lines.map(({ money }) => money)), includedMoney),
    lines,
    includedMoney,
    unpriced: RATED_METERS.filter((meter) => !rated.includes(meter)),
    unknown: rated.filter((meter) => quantities[meter] === undefined),
  };
}

function lineOf(meter: RatedMeter, quantity: Amount, rate: Amount, allowed: bigint): EstimateLine {
  const used = BigInt(quantity) * UNIT;
  const included = allowed < used ? allowed : used;
  return {
    meter,
    quantity,
    included: toAmount(included),
    rate,
    money: toAmount(divideRounded((used - included) * BigInt(rate), perDisplayUnit(meter) * UNIT)),
  };
}

/** The included amount of a meter, in 10^−{@link RATE_DECIMALS} of the vendor's unit. */
function allowance(meter: RatedMeter, { included = {} }: Rates, elapsed: Period): bigint {
  const per = perDisplayUnit(meter);
  switch (meter) {
    case 'cpu_millicore_seconds':
      return BigInt(included.vcpuHours ?? 0) * per;
    case 'memory_mib_seconds':
      return BigInt(included.memoryGibHours ?? 0) * per;
    case 'storage_mib_seconds': {
      const seconds = Math.max(0, Math.floor((elapsed.end - elapsed.start) / SECOND));
      return BigInt(included.storageGib ?? 0) * (per / SECONDS_AN_HOUR) * BigInt(seconds);
    }
  }
}

/** How many of the vendor's units make a vCPU-hour or a GiB-hour. */
function perDisplayUnit(meter: RatedMeter): bigint {
  return BigInt(meterOf(meter).display.per);
}

function lesser(a: Amount, b: Amount): Amount {
  return a < b ? a : b;
}
