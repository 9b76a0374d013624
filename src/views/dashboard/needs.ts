import type { Choices } from '../../protocol/choices';
import type { HistoryPart, Want } from '../../store/history';
import type { EpochMs, UtcDay } from '../../usage/time';
import { storagePart } from './chartView';
import { type Shown, daysUntil } from './shownPeriod';

/** The days that the charts take. What they are compared with comes after what they show. */
export function chartWants(choices: Choices, shown: Shown, now: EpochMs): Want[] {
  const compute: HistoryPart = shown.granularity === 'hour' ? 'computeHours' : 'computeDays';
  const storage = storagePart(shown.granularity);
  const wants = [...wanted(compute, shown.days), ...wanted(storage, shown.days)];
  if (choices.duty && shown.hoursAllowed) {
    wants.push(...wanted('computeHours', shown.days));
  }
  if (choices.previous) {
    const days = daysUntil(shown.previous, now);
    wants.push(...wanted(compute, days), ...wanted(storage, days));
  }
  return wants;
}

/** Each want once, in the order of the first. */
export function distinct(wants: readonly Want[]): Want[] {
  return [...new Map(wants.map((want) => [`${want.part} ${want.day}`, want])).values()];
}

function wanted(part: HistoryPart, days: readonly UtcDay[]): Want[] {
  return days.map((day) => ({ part, day }));
}
