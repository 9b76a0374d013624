import { approximateLimit } from '../../../insights/budgets/budget';
import type { BudgetStanding } from '../../../insights/budgets/budgetStandings';
import type { Gauge, Tone } from '../../../protocol/report';

/** The used, expected and allowed amounts on a bar as long as the largest; undefined while usage is unknown. */
export function budgetGauge({ budget, actual, forecast }: BudgetStanding): Gauge | undefined {
  if (actual === undefined) {
    return undefined;
  }
  const limit = approximateLimit(budget);
  const whole = Math.max(limit, Number(actual), forecast?.high ?? 0);
  const share = (value: number): number => Math.min(Math.max(value / whole, 0), 1);
  return {
    done: share(Number(actual)),
    limit: share(limit),
    ...(forecast === undefined
      ? {}
      : {
          expected: { low: share(forecast.low), total: share(forecast.total), high: share(forecast.high) },
        }),
  };
}

/** `trouble` at the limit, `attention` from the first threshold on, `good` before it, `neutral` while nothing is known. */
export function budgetTone({
  alert,
  actual,
  isWhole,
}: Pick<BudgetStanding, 'alert' | 'actual' | 'isWhole'>): Tone {
  switch (alert) {
    case 'error':
      return 'trouble';
    case 'warning':
      return 'attention';
    case 'none':
      return actual === undefined || !isWhole ? 'neutral' : 'good';
  }
}
