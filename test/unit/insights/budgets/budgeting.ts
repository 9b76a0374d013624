import { type Budget, LIMIT_DECIMALS } from '../../../../src/insights/budgets/budget';
import {
  BudgetStandings,
  type BudgetStandingsOptions,
} from '../../../../src/insights/budgets/budgetStandings';
import { MACHINE_CAPABILITIES } from '../../../../src/providers/machineCapabilities';
import { type AccountUsage, emptyUsage } from '../../../../src/store/accountUsage';
import { DayCache } from '../../../../src/store/dayCache';
import { columnsByDay, toColumns } from '../../../../src/usage/columns/columns';
import { DAY, monthOf, monthToDate, utcDay } from '../../../../src/usage/time';
import { ACCOUNT } from '../../store/fakeSource';
import { computeDay } from '../../usage/builders';

/** Budgets of an account with one machine, for tests. */

/** The tenth day of a month of thirty. */
export const NOW = Date.UTC(2026, 10, 10, 12);
export const HOUR_SECONDS = 3600;

export function budget(hours: number, more: Partial<Budget> = {}): Budget {
  return {
    ...{ account: ACCOUNT.label, meter: 'awake_seconds', limit: hours * 10 ** LIMIT_DECIMALS },
    ...{ thresholds: [50, 80, 100], on: ['actual'] },
    ...more,
  };
}

/** A month in which a machine was awake for so long so far. */
export function usageOf(hours: number, more: Partial<AccountUsage> = {}, at = NOW): AccountUsage {
  const day = utcDay(monthOf(at).start);
  const compute = columnsByDay([computeDay('m', day, hours * HOUR_SECONDS)], [day]);
  return { ...emptyUsage(monthToDate(at)), compute: { value: compute, asOf: at }, ...more };
}

/** The same hours on each whole day of the month so far. */
export function steadyHistory(hours: number, now = NOW): DayCache {
  const dayCache = new DayCache();
  for (let at = monthOf(now).start; at + DAY <= now; at += DAY) {
    const day = utcDay(at);
    const columns = toColumns([computeDay('m', day, hours * HOUR_SECONDS)]);
    dayCache.keep({ part: 'computeDays', day }, { columns, asOf: now });
  }
  return dayCache;
}

export function standingsOf(
  budgets: readonly Budget[],
  more: Partial<BudgetStandingsOptions>,
): BudgetStandings {
  return new BudgetStandings({
    budgets: () => budgets,
    usage: () => undefined,
    dayCache: () => undefined,
    capabilitiesOf: () => MACHINE_CAPABILITIES,
    moneyOf: () => undefined,
    estimatesOf: () => [],
    now: () => NOW,
    ...more,
  });
}
