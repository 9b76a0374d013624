import type { KnownSum } from '../../../usage/knownSum';
import type { MeterId } from '../../../usage/meter';
import { DAY, type EpochMs, monthOf } from '../../../usage/time';
import type { ChartInput } from './chartView';
import { periodTotals } from './periodTotals';
import { shownPeriod } from './shownPeriod';

/** For so long a month without usage has just begun. */
const BEGINNING_MS = 3 * DAY;

/** A month in which nothing is metered so far. */
export interface UnusedMonth {
  readonly month: EpochMs;
  readonly hasJustBegun: boolean;
  /** What the month before came to, in its first meter with usage; absent if none is known. */
  readonly before?: { readonly month: EpochMs; readonly meter: MeterId; readonly sum: KnownSum };
}

/** Undefined if there is usage, if another period is shown, or if not everything is known. */
export function unusedMonth(input: ChartInput): UnusedMonth | undefined {
  const { choices, shown, now } = input;
  const isMonth = choices.range.kind === 'thisMonth' && shown.period === shown.range.period;
  const totals = isMonth ? periodTotals(input) : [];
  if (totals.length === 0 || totals.some(({ sum }) => sum?.amount !== 0 || !sum.whole)) {
    return undefined;
  }
  const { start } = shown.period;
  const earlier = { ...choices, range: { kind: 'lastMonth' }, granularity: 'day' } as const;
  const before = periodTotals({ ...input, choices: earlier, shown: shownPeriod(earlier, now, false) });
  const used = before.flatMap(({ meter, sum }) =>
    sum === undefined || sum.amount === 0 ? [] : [{ meter, sum }],
  );
  return {
    month: start,
    hasJustBegun: now - start < BEGINNING_MS,
    ...(used[0] === undefined ? {} : { before: { month: monthOf(start - 1).start, ...used[0] } }),
  };
}
