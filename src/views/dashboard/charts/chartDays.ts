import type { Choices } from '../../../protocol/choices';
import type { ProviderCapabilities } from '../../../providers/capabilities';
import type { DayKey } from '../../../store/dayBlock';
import type { Account } from '../../../usage/account';
import type { BreakdownId } from '../../../usage/breakdownId';
import type { EpochMs, UtcDay } from '../../../usage/time';
import { partOf } from './chartSource';
import { daysUntil, type Shown } from './shownPeriod';

/** The days that the charts need: first those shown, then those of the comparison. */
export function chartWants(
  capabilities: ProviderCapabilities,
  account: Pick<Account, 'grouping'>,
  choices: Choices,
  shown: Shown,
  now: EpochMs,
): DayKey[] {
  const parts = capabilities.charts.map((own) => partOf(own, shown.granularity, capabilities, account));
  const wants = parts.flatMap((part) => wanted(part, shown.days));
  if (choices.duty && shown.hoursAllowed) {
    wants.push(...wanted('computeHours', shown.days));
  }
  if (choices.previous) {
    const days = daysUntil(shown.previous, now);
    wants.push(...parts.flatMap((part) => wanted(part, days)));
  }
  return wants;
}

/** Without duplicates, in first-seen order. */
export function distinct(wants: readonly DayKey[]): DayKey[] {
  return [...new Map(wants.map((want) => [`${want.part} ${want.day}`, want])).values()];
}

function wanted(part: BreakdownId, days: readonly UtcDay[]): DayKey[] {
  return days.map((day) => ({ part, day }));
}
