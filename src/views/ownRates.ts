import type { MoneyOf } from '../insights/budgets/budgetStandings';
import { forecastEstimate } from '../insights/estimate/forecastEstimate';
import { type MonthEstimate, monthEstimate, takesRates } from '../insights/estimate/monthEstimate';
import { settings } from '../platform/settings';
import { PROVIDERS } from '../providers/registry';
import type { AccountUsage } from '../store/accountUsage';
import type { DayCache } from '../store/dayCache';
import type { Account } from '../usage/account';
import { toApproximateNumber } from '../usage/amount';
import { type MeterId, moneyMeter } from '../usage/meter';
import type { Rates } from '../usage/rates';
import type { EpochMs } from '../usage/time';

/** Estimates by the rates that are in the person's settings. */

/** The rates of an account; undefined where there are none, or where its vendor gives money itself. */
export function ratesOf({ provider, label }: Account): Rates | undefined {
  return takesRates(PROVIDERS[provider].capabilities) ? settings.rates(label) : undefined;
}

/** The meters of money by a person's own rates that an account has. */
export function estimateMeters(account: Account): MeterId[] {
  const rates = ratesOf(account);
  return rates === undefined ? [] : [moneyMeter('estimate', rates.currency)];
}

/** The estimate of an account's month to date; undefined without rates, or before anything with a rate was read. */
export function estimateOf(account: Account, usage: AccountUsage, now: EpochMs): MonthEstimate | undefined {
  const rates = ratesOf(account);
  return rates === undefined ? undefined : monthEstimate(usage, rates, now);
}

/** An account's month in the money of its rates, for budgets on it. */
export function estimatedMoney(
  account: Account,
  usage: AccountUsage,
  dayCache: DayCache | undefined,
  now: EpochMs,
): ReturnType<MoneyOf> {
  const rates = ratesOf(account);
  const made = rates && monthEstimate(usage, rates, now);
  if (rates === undefined || made === undefined) {
    return undefined;
  }
  const { capabilities } = PROVIDERS[account.provider];
  const end = dayCache && forecastEstimate({ capabilities, account, usage, dayCache, now }, made, rates);
  return {
    [made.meter]: {
      actual: made.amount,
      isWhole: made.unknown.length === 0,
      asOf: made.asOf,
      forecast: end && {
        total: toApproximateNumber(end.total.amount),
        low: toApproximateNumber(end.low.amount),
        high: toApproximateNumber(end.high.amount),
      },
    },
  };
}
