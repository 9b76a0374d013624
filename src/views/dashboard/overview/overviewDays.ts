import { l10n } from '../../../platform/l10n';
import type { DayBars, OverviewDays } from '../../../protocol/overview';
import { PROVIDERS } from '../../../providers/registry';
import { dayPartOfMeter } from '../../../store/dayParts';
import { toApproximateNumber } from '../../../usage/amount';
import { dayAmount } from '../../../usage/columns/dayAmount';
import type { Formats } from '../../../usage/format';
import { totalOf } from '../../../usage/knownSum';
import type { MeterId } from '../../../usage/meter';
import { dayPeriod, daysOf, type EpochMs, monthOf, type UtcDay, utcDay } from '../../../usage/time';
import { meterName } from '../../words/usageWords';
import type { AccountMonth } from './accountMonth';

/** The metered days of the headline's meter, as far as they are at hand. */
export function overviewDays(
  { account, known, headline }: AccountMonth,
  now: EpochMs,
  formats: Formats,
): OverviewDays {
  const { capabilities } = PROVIDERS[account.provider];
  const part = headline && dayPartOfMeter(capabilities, account, headline.meter);
  if (known === undefined || headline === undefined || part === undefined) {
    return { text: l10n.t('Not loaded yet.') };
  }
  const days = daysOf(monthOf(known.usage.period.start));
  const readAt = days.map((day) => known.dayCache.block(part, day)?.asOf);
  const newest = readAt.findLastIndex((at) => at !== undefined);
  const isPartial = (index: number): boolean => (readAt[index] ?? 0) < dayPeriod(days[index] ?? '').end;
  const begun = days.filter((day) => day <= utcDay(now)).length;
  const values = Float64Array.from(days, (day, index) => {
    const block = known.dayCache.block(part, day);
    const amount = block && totalOf(dayAmount(block.columns, headline.meter));
    // A day that was read before it was over is not known, but for the newest one.
    return amount === undefined || (index < newest && isPartial(index)) ? NaN : toApproximateNumber(amount);
  });
  const bars = { values, begun, openFrom: newest >= 0 && isPartial(newest) ? newest : begun };
  return newest < 0
    ? { text: l10n.t('Not loaded yet.') }
    : { text: daysText(bars, days, headline.meter, formats), bars };
}

/** `Awake time by day, metered. Highest: 126 h on Thu 5 Nov. Days not loaded, drawn as gaps: 2.` */
function daysText(
  { values, begun }: DayBars,
  days: readonly UtcDay[],
  meter: MeterId,
  formats: Formats,
): string {
  const known = [...values].filter((value) => !Number.isNaN(value));
  const highest = Math.max(...known);
  const day = days[values.indexOf(highest)];
  const gaps = begun - known.length;
  return [
    l10n.t('{0} by day, metered.', meterName(meter)),
    day === undefined
      ? undefined
      : l10n.t('Highest: {0} on {1}.', formats.rounded(highest, meter), formats.day(day)),
    gaps > 0 ? l10n.t('Days not loaded, drawn as gaps: {0}.', formats.count(gaps)) : undefined,
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}
