import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { Period } from '../../../src/usage/time';
import { type Language, periodName } from './speech';

/** The line of a picture that names account, period and time of its figures. */
export function pictureOrigin(
  { account, asOf }: DashboardView,
  period: Period,
  { strings, formats }: Language,
): string {
  const names = account ? [displayText(account.label), ...(account.sample ? [strings.sample] : [])] : [];
  return [
    ...new Set(names),
    `${periodName(period, formats)} UTC`,
    ...(asOf === undefined ? [] : [`${strings.asOf} ${formats.instant(asOf)}`]),
  ].join(' · ');
}
