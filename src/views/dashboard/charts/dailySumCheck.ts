import type { AccountUsage } from '../../../store/accountUsage';
import type { DayCache } from '../../../store/dayCache';
import { add, type Amount, compareAmounts, subtract } from '../../../usage/amount';
import type { BreakdownId } from '../../../usage/breakdownId';
import { dayAmount } from '../../../usage/columns/dayAmount';
import type { MeterId } from '../../../usage/meter';
import { daysOf, lastDayOf } from '../../../usage/time';

/** Two sums of a meter for the month to date: of its days, and the vendor's own. In the meter's stored units. */
export interface DaysCheck {
  readonly days: Amount;
  readonly month: Amount;
  /** Undefined where both are the same. */
  readonly difference: DaysDifference | undefined;
}

export interface DaysDifference {
  /** Above zero. */
  readonly by: Amount;
  /** Whether the days exceed the month. */
  readonly more: boolean;
  /** Whether usage of today between the two requests can explain it. */
  readonly growing: boolean;
}

/**
 * Undefined unless both are known for the same time: every day of the month to date is cached and no older than the
 * account's last refresh, which brought the vendor's own sum.
 */
export function checkDays(
  { period, summary }: Pick<AccountUsage, 'period' | 'summary'>,
  dayCache: DayCache,
  part: BreakdownId,
  meter: MeterId,
): DaysCheck | undefined {
  const month = summary.value?.used?.[meter];
  if (month === undefined || summary.asOf === undefined || summary.failure !== undefined) {
    return undefined;
  }
  const today = lastDayOf(period);
  let [before, ofToday, readAt]: [Amount, Amount, number] = [0, 0, 0];
  for (const day of daysOf(period)) {
    const block = dayCache.block(part, day);
    if (block === undefined || !dayCache.isCurrent({ part, day })) {
      return undefined;
    }
    const used = dayAmount(block.columns, meter)?.amount ?? 0;
    if (day === today) {
      ofToday = used;
      readAt = block.asOf;
    } else {
      before = add(before, used);
    }
  }
  const days = add(before, ofToday);
  const more = compareAmounts(days, month) > 0;
  // A growing sum is larger at the later time.
  const later = more ? readAt >= summary.asOf : readAt <= summary.asOf;
  const by = more ? subtract(days, month) : subtract(month, days);
  const growing = later && compareAmounts(before, month) <= 0;
  return { days, month, difference: by === 0 ? undefined : { by, more, growing } };
}
