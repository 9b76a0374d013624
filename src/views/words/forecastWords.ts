import type { MeterForecast } from '../../insights/forecast/meterForecast';
import type { Forecast } from '../../insights/forecast/monthForecast';
import type { PastForecast } from '../../insights/forecast/pastForecasts';
import { l10n } from '../../platform/l10n';
import { type Amount, toAmount } from '../../usage/amount';
import { type Formats, inDisplayUnit } from '../../usage/format';
import { type MeterId, meterOf } from '../../usage/meter';

/** Where the month will end, in words: the same in the tree, on the dashboard and in budgets. */

/** A forecast is not exact: the nearest stored number stands for it. */
export function nearestAmount(value: number): Amount {
  return toAmount(BigInt(Math.round(value)));
}

/** `41 h (38–44)`, `$41.00 ($38.00–$44.00)` */
export function expectedText(
  { total, low, high }: Pick<Forecast, 'total' | 'low' | 'high'>,
  meter: MeterId,
  formats: Formats,
): string {
  return rangeText(
    { total: nearestAmount(total), low: nearestAmount(low), high: nearestAmount(high) },
    meter,
    formats,
  );
}

/** The same for exact amounts. */
export function rangeText(
  { total, low, high }: Readonly<Record<'total' | 'low' | 'high', Amount>>,
  meter: MeterId,
  formats: Formats,
): string {
  const figure = formats.rounded(total, meter);
  if (low === high) {
    return figure;
  }
  const bound = (amount: Amount): string =>
    meterOf(meter).currency === undefined
      ? formats.number(inDisplayUnit(amount, meter))
      : formats.rounded(amount, meter);
  return l10n.t('{0} ({1}–{2})', figure, bound(low), bound(high));
}

/** `≈ 41 h`: the same without its range. */
export function aboutText(
  { forecast, meter }: Pick<MeterForecast, 'forecast' | 'meter'>,
  formats: Formats,
): string {
  return l10n.t('≈ {0}', formats.rounded(nearestAmount(forecast.total), meter));
}

/** The same with three digits, in the vendor's own unit: `≈ 8.75M s`. */
export function aboutShort(
  { forecast, meter }: Pick<MeterForecast, 'forecast' | 'meter'>,
  formats: Formats,
): string {
  return l10n.t('≈ {0}', formats.short(nearestAmount(forecast.total), meter));
}

/** `From the days before Wed 21 Oct, the forecast would have been 41 h (38–44); the month ended at 38 h.` */
export function pastText({ day, forecast, came }: PastForecast, meter: MeterId, formats: Formats): string {
  const said = expectedText(forecast, meter, formats);
  const was = formats.rounded(nearestAmount(came), meter);
  return l10n.t(
    'From the days before {0}, the forecast would have been {1}; the month ended at {2}.',
    formats.day(day),
    said,
    was,
  );
}

/** The newest past forecast, or a sentence that there is none. */
export function newestPastText({ past, meter }: MeterForecast, formats: Formats): string {
  const newest = past.at(-1);
  return newest === undefined
    ? l10n.t('No earlier month is known in full, so there is no past forecast to compare with.')
    : pastText(newest, meter, formats);
}

/** `mean of four weeks, by weekday` */
export function methodText({ method, hasStopped }: Forecast): string {
  if (hasStopped) {
    return l10n.t('usage has stopped, and is expected to stay at zero');
  }
  const level = levelText(method.level);
  return method.weekdays ? l10n.t('{0}, by weekday', level) : level;
}

function levelText(level: Forecast['method']['level']): string {
  switch (level) {
    case 'mean':
      return l10n.t('mean of four weeks');
    case 'recent':
      return l10n.t('recent days, which count more than older ones');
    case 'trend':
      return l10n.t('trend of four weeks');
  }
}
