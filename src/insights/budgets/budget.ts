import type { Amount } from '../../usage/amount';
import type { Basis } from '../../usage/budgetBasis';
import { type MeterId, meterOf } from '../../usage/meter';
import { DAY, type EpochMs, monthOf, type Period } from '../../usage/time';

/** The most that a person means to use of a meter in a UTC calendar month. */
export interface Budget {
  /** The label of the account. */
  readonly account: string;
  /** A meter whose amounts add up; never a level. */
  readonly meter: MeterId;
  /** In units of 10^−{@link LIMIT_DECIMALS} of the meter's unit for people, such as hours: exact, and above zero. */
  readonly limit: Amount;
  /** Percents of the limit: whole, above zero, ascending, each once. */
  readonly thresholds: readonly number[];
  /** At least one. */
  readonly on: readonly Basis[];
}

export const LIMIT_DECIMALS = 6;

export const OFFERED_THRESHOLDS: readonly number[] = [50, 80, 100];

/** The figures that a budget is compared with; each is undefined while unknown. */
export interface BudgetFigures {
  /** In the meter's stored unit. */
  readonly actual?: Amount | undefined;
  /** The same, as an estimate. */
  readonly forecast?: number | undefined;
}

/** How far a budget is used. */
export interface Standing {
  /** Shares of the limit (1 is all of it), rounded, for drawing; undefined while the figure is unknown. */
  readonly shares: Readonly<Record<Basis, number | undefined>>;
  /** Whole percents of the limit, rounded down, so that no percent shows before it is reached. */
  readonly percents: Readonly<Record<Basis, number | undefined>>;
  /** The passed thresholds, ascending; empty for a basis that the budget does not use. */
  readonly passed: Readonly<Record<Basis, readonly number[]>>;
  /** Whether the figure has reached the limit, which need not be a threshold. */
  readonly full: Readonly<Record<Basis, boolean>>;
}

/** A threshold is passed at exactly its share of the limit, and above. An unknown figure passes none. */
export function standing(budget: Budget, { actual, forecast }: BudgetFigures): Standing {
  const whole: Readonly<Record<Basis, bigint | undefined>> = {
    actual: actual === undefined ? undefined : BigInt(actual),
    // Rounded down, by less than the smallest unit, so never past a threshold.
    forecast: forecast === undefined || !Number.isFinite(forecast) ? undefined : BigInt(Math.floor(forecast)),
  };
  const passes = (basis: Basis, threshold: number): boolean => reaches(budget, whole[basis], threshold);
  const passedOn = (basis: Basis): readonly number[] =>
    budget.on.includes(basis) ? budget.thresholds.filter((threshold) => passes(basis, threshold)) : [];
  return {
    percents: { actual: percentsOf(budget, whole.actual), forecast: percentsOf(budget, whole.forecast) },
    shares: { actual: shareOf(budget, actual), forecast: shareOf(budget, forecast) },
    passed: { actual: passedOn('actual'), forecast: passedOn('forecast') },
    full: { actual: passes('actual', 100), forecast: passes('forecast', 100) },
  };
}

const SCALE = 10n ** BigInt(LIMIT_DECIMALS);

/** The limit in the meter's stored unit, times {@link SCALE}. */
function scaledLimit({ limit, meter }: Budget): bigint {
  return BigInt(limit) * BigInt(meterOf(meter).display.per);
}

function reaches(budget: Budget, amount: bigint | undefined, threshold: number): boolean {
  return amount !== undefined && amount * 100n * SCALE >= scaledLimit(budget) * BigInt(threshold);
}

function percentsOf(budget: Budget, amount: bigint | undefined): number | undefined {
  return amount === undefined ? undefined : Number((amount * 100n * SCALE) / scaledLimit(budget));
}

function shareOf(budget: Budget, amount: Amount | number | undefined): number | undefined {
  return amount === undefined ? undefined : Number(amount) / approximateLimit(budget);
}

/** In the meter's stored unit; for drawing only. */
export function approximateLimit({ limit, meter }: Budget): number {
  return (Number(limit) / 10 ** LIMIT_DECIMALS) * meterOf(meter).display.per;
}

/** The highest threshold that is passed on a basis; undefined while none is. */
export function highestPassed({ passed }: Standing, basis: Basis): number | undefined {
  return passed[basis].at(-1);
}

/** How loud a budget is; see {@link alertOf}. */
export type Alert = 'none' | 'warning' | 'error';

/**
 * `error` once the limit is used up, whatever the thresholds and bases; `warning` from the first threshold on, or when the
 * month is expected to reach the limit.
 */
export function alertOf(budget: Budget, { passed, full }: Standing): Alert {
  if (full.actual) {
    return 'error';
  }
  if (passed.actual.length > 0) {
    return 'warning';
  }
  return budget.on.includes('forecast') && passed.forecast.length > 0 && full.forecast ? 'warning' : 'none';
}

/** The loudest of several alerts. */
export function loudest(alerts: readonly Alert[]): Alert {
  return alerts.includes('error') ? 'error' : alerts.includes('warning') ? 'warning' : 'none';
}

/**
 * Names a budget within its account while meter and limit stay. A new limit makes each threshold another amount, so alerts
 * begin again.
 */
export function budgetKey({ meter, limit }: Budget): string {
  return `${meter} ${limit}`;
}

/** Until when a budget is to be quiet: for a day from now, whatever the hour, or for the rest of its month. */
export function quietUntil(span: 'day' | 'month', now: EpochMs): EpochMs {
  return span === 'day' ? now + DAY : budgetPeriod(now).end;
}

/** The period that a budget is about at an instant: the UTC calendar month. */
export function budgetPeriod(now: EpochMs): Period {
  return monthOf(now);
}
