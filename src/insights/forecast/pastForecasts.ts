import { DAY, type EpochMs, monthOf, type UtcDay, utcDay } from '../../usage/time';
import type { BackTest } from './backTest';
import { type DailySeries, dayNumber } from './dailySeries';
import { backTestOf, type Forecast, forecastOf, type KnownDays, sumOf } from './monthForecast';

/** The forecast made on a past day, only from what was known before it. */
export interface PastForecast {
  /** The day on which the forecast is made: the days before it were whole. */
  readonly day: UtcDay;
  readonly forecast: Forecast;
  /** What the month came to, in the meter's unit. */
  readonly came: number;
}

/**
 * What the method said on the same day of each earlier month, or on the last day of a shorter one; oldest first.
 * Leaves out months with an unknown day, and months that knew too little on that day.
 *
 * @param backTest of the same days on the same day, if there is one already
 */
export function pastForecasts(
  known: Pick<KnownDays, 'days'>,
  now: EpochMs,
  backTest = backTestOf(known, now),
): PastForecast[] {
  const { series } = backTest;
  const dayOfMonth = dayNumber(now) - dayNumber(monthOf(now).start);
  const past: PastForecast[] = [];
  let month = monthOf(monthOf(now).start - 1);
  while (dayNumber(month.end) > series.first) {
    const at = Math.min(month.start + dayOfMonth * DAY, month.end - DAY);
    const said = saidAt(series, backTest, at);
    if (said) {
      past.unshift(said);
    }
    month = monthOf(month.start - 1);
  }
  return past;
}

/** Undefined where a day of the month is unknown, or too little was known on that day. */
function saidAt(series: DailySeries, backTest: BackTest, at: EpochMs): PastForecast | undefined {
  const month = monthOf(at);
  const [first, end] = [dayNumber(month.start), dayNumber(month.end)];
  const forecast = series.count(first, end) === end - first ? forecastOf(series, backTest, at) : undefined;
  return forecast && { day: utcDay(at), forecast, came: sumOf(series, first, end) };
}
