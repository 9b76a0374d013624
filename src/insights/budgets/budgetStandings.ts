import type { ProviderCapabilities } from '../../providers/capabilities';
import { type AccountUsage, asOf, mainFailure } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import type { Account } from '../../usage/account';
import type { Amount } from '../../usage/amount';
import { compareMeters, isMoneyKind, type MeterId, meterOf } from '../../usage/meter';
import { RATED_METERS } from '../../usage/rates';
import { type EpochMs, type Period, type UtcDay, utcDay } from '../../usage/time';
import { forecastWants, meterForecast } from '../forecast/meterForecast';
import type { Forecast } from '../forecast/monthForecast';
import { metersFor, monthFigure } from '../month/monthFigure';
import { type Alert, alertOf, type Budget, budgetKey, budgetPeriod, type Standing, standing } from './budget';

/** What is known of a month, in the meter's stored unit. */
export interface MonthOfMeter {
  /** The sum of what is known. */
  readonly actual: Amount | undefined;
  /** Whether that is all; else there is more. */
  readonly isWhole: boolean;
  readonly asOf: EpochMs | undefined;
  readonly forecast: Pick<Forecast, 'total' | 'low' | 'high'> | undefined;
}

/**
 * An account's month at a person's own rates, by meter `estimate.<currency>`; undefined without rates. Exact, but still an
 * estimate.
 */
export type MoneyOf = (
  account: Account,
  usage: AccountUsage,
  now: EpochMs,
) => Readonly<Partial<Record<string, MonthOfMeter>>> | undefined;

/** How a budget of an account stands. */
export interface BudgetStanding extends MonthOfMeter {
  readonly account: Account;
  readonly budget: Budget;
  /** `budgetKey` */
  readonly key: string;
  readonly period: Period;
  /** How `actual` came about: as the vendor metered it, not necessarily billed; or by a person's own rates. */
  readonly origin: 'metered' | 'estimated';
  readonly standing: Standing;
  readonly alert: Alert;
  /** What the account lacks, though it was read: the meter, or rates in its currency. Then its use is unknown, and not zero. */
  readonly lacks: 'meter' | 'rates' | undefined;
  /** Whether the figures are of this month, and the newest attempt to read them did not fail. */
  readonly isCurrent: boolean;
}

export interface BudgetStandingsOptions {
  readonly budgets: () => readonly Budget[];
  readonly usage: (accountId: string) => AccountUsage | undefined;
  readonly dayCache: (accountId: string) => DayCache | undefined;
  readonly capabilitiesOf: (account: Account) => ProviderCapabilities;
  readonly moneyOf: MoneyOf;
  /** An account's meters of money at the person's own rates. */
  readonly estimatesOf: (account: Account) => readonly MeterId[];
  readonly now: () => EpochMs;
}

const UNKNOWN: MonthOfMeter = { actual: undefined, isWhole: false, asOf: undefined, forecast: undefined };

/** How a person's budgets stand; cheap to ask on every change. */
export class BudgetStandings {
  readonly #options: BudgetStandingsOptions;
  readonly #months = new WeakMap<AccountUsage, MonthCache>();

  constructor(options: BudgetStandingsOptions) {
    this.#options = options;
  }

  /** The budgets that name the account, in the order of the settings. A sample account has its own, like any other. */
  of(account: Account): readonly BudgetStanding[] {
    const { budgets, usage: usageOf, now } = this.#options;
    const own = budgets().filter((budget) => budget.account === account.label);
    const usage = own.length === 0 ? undefined : usageOf(account.id);
    const period = budgetPeriod(now());
    const isOfPeriod = usage?.period.start === period.start;
    return own.map((budget) => {
      const month = usage !== undefined && isOfPeriod ? this.#month(account, usage, budget.meter) : UNKNOWN;
      const stands = standing(budget, { actual: month.actual, forecast: month.forecast?.total });
      return {
        ...month,
        ...{ account, budget, key: budgetKey(budget), period, standing: stands },
        origin: isEstimate(budget.meter) ? 'estimated' : 'metered',
        alert: alertOf(budget, stands),
        lacks:
          month.actual === undefined && isOfPeriod ? this.#lacks(account, usage, budget.meter) : undefined,
        isCurrent: usage !== undefined && isOfPeriod && mainFailure(usage) === undefined,
      };
    });
  }

  /** The days that the account's forecasts are made of. @param all includes budgets that are not on a forecast */
  wants(account: Account, all: boolean): readonly DayKey[] {
    const { budgets, capabilitiesOf, now } = this.#options;
    const meters = budgets()
      .filter((budget) => budget.account === account.label && (all || budget.on.includes('forecast')))
      .flatMap(({ meter }): readonly MeterId[] => (isEstimate(meter) ? RATED_METERS : [meter]));
    const capabilities = capabilitiesOf(account);
    // Where each day takes its own request, the days of the charts that a person looks at must do.
    return capabilities.overview.length === 0 ? [] : forecastWants(capabilities, account, meters, now());
  }

  /** Undefined until something was read. */
  #lacks(account: Account, usage: AccountUsage, meter: MeterId): BudgetStanding['lacks'] {
    if (asOf(usage) === undefined) {
      return undefined;
    }
    const { capabilitiesOf, estimatesOf } = this.#options;
    const has = budgetMeters(capabilitiesOf(account), usage, estimatesOf(account)).includes(meter);
    return has ? undefined : isEstimate(meter) ? 'rates' : 'meter';
  }

  #month(account: Account, usage: AccountUsage, meter: MeterId): MonthOfMeter {
    const { dayCache: historyOf, capabilitiesOf, moneyOf, now } = this.#options;
    if (isEstimate(meter)) {
      return moneyOf(account, usage, now())?.[meter] ?? UNKNOWN;
    }
    const dayCache = historyOf(account.id);
    const cache = this.#cache(usage, { version: dayCache?.version ?? 0, day: utcDay(now()) });
    const known = cache.get(meter);
    if (known !== undefined) {
      return known;
    }
    const { meteredSum, meteredAsOf } = monthFigure(usage, meter);
    const month: MonthOfMeter = {
      actual: meteredSum?.amount,
      isWhole: meteredSum?.whole ?? false,
      asOf: meteredAsOf,
      forecast:
        dayCache &&
        meterForecast({ capabilities: capabilitiesOf(account), account, usage, dayCache, now: now() }, meter)
          ?.forecast,
    };
    cache.set(meter, month);
    return month;
  }

  /** What was computed from the same figures on the same day. */
  #cache(usage: AccountUsage, of: Pick<MonthCache, 'version' | 'day'>): Map<MeterId, MonthOfMeter> {
    let cache = this.#months.get(usage);
    if (cache?.version !== of.version || cache.day !== of.day) {
      cache = { ...of, months: new Map() };
      this.#months.set(usage, cache);
    }
    return cache.months;
  }
}

/** The one that has used the largest share of its limit; undefined if there is none. */
export function fullestOf(standings: readonly BudgetStanding[]): BudgetStanding | undefined {
  const shareOf = ({ standing: { shares } }: BudgetStanding): number => shares.actual ?? 0;
  return standings.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
}

interface MonthCache {
  readonly version: number;
  readonly day: UtcDay;
  readonly months: Map<MeterId, MonthOfMeter>;
}

/** Whether a meter is money by a person's own rates. */
function isEstimate(meter: string): boolean {
  return meter.startsWith('estimate.');
}

/**
 * The meters that a budget of the account can use: all that its vendor tells, except levels, with money in its own units;
 * and `estimates` at the person's own rates.
 */
export function budgetMeters(
  { figures, charts }: Pick<ProviderCapabilities, 'figures' | 'charts'>,
  usage: AccountUsage | undefined,
  estimates: readonly MeterId[],
): MeterId[] {
  const named = [...figures, ...charts.flatMap(({ meters }) => meters)];
  const meters = named.flatMap((figure) => {
    if (isMoneyKind(figure)) {
      return usage === undefined ? [] : metersFor(usage, figure);
    }
    return [figure];
  });
  return [...new Set([...meters, ...estimates])]
    .filter((meter) => meterOf(meter).kind === 'amount')
    .sort(compareMeters);
}
