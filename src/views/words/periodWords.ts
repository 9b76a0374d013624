import { l10n } from '../../platform/l10n';
import type { Formats } from '../../usage/format';
import { DAY, type Period } from '../../usage/time';

/** `31 days against 28`, if two periods differ in length; undefined otherwise. */
export function lengthsWords(now: Period, before: Period, formats: Formats): string | undefined {
  const [days, daysBefore] = [now, before].map(({ start, end }) => (end - start) / DAY);
  return days === undefined || daysBefore === undefined || days === daysBefore
    ? undefined
    : l10n.t('{0} days against {1}', formats.number(days), formats.number(daysBefore));
}
