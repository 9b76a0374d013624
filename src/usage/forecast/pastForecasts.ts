import { DAY, type EpochMs, type UtcDay, monthOf, utcDay } from '../time';
import { BackTest } from './backTest';
import { DailySeries, dayNumber } from './dailySeries';
import { type Forecast, type KnownDays, forecastOf, sumOf } from './monthForecast';

/** What the method says on a day that is over, by what was known before that day alone. */
export interface PastForecast {
  /** The day on which it says so: the days before it were whole. */
  readonly day: UtcDay;
  readonly forecast: Forecast;
  /** What the month came to, in the meter's unit; undefined while it goes on, or where a day of it is unknown. */
  readonly came: number | undefined;
}

/**
 * What the method said on the same day of each month before, or on the last day of a shorter one; the oldest first.
 * Months of which a day is unknown, or of which too little was known on that day, are left out.
 */
export function pastForecasts({ days }: Pick<KnownDays, 'days'>, now: EpochMs): PastForecast[] {
  const series = DailySeries.of(days, dayNumber(now));
  const backTest = new BackTest(series);
  const dayOfMonth = dayNumber(now) - dayNumber(monthOf(now).start);
  const past: PastForecast[] = [];
  let month = monthOf(monthOf(now).start - 1);
  while (dayNumber(month.end) > series.first) {
    const at = Math.min(month.start + dayOfMonth * DAY, month.end - DAY);
    const said = saidAt(series, backTest, at);
    if (said?.came !== undefined) {
      past.unshift(said);
    }
    month = monthOf(month.start - 1);
  }
  return past;
}

/** What the method said on each day of the UTC month that holds `of`, up to today's; where enough was known. */
export function forecastsDuring(
  { days }: Pick<KnownDays, 'days'>,
  of: EpochMs,
  now: EpochMs,
): PastForecast[] {
  const series = DailySeries.of(days, dayNumber(now));
  const backTest = new BackTest(series);
  const { start, end } = monthOf(of);
  const said: PastForecast[] = [];
  for (let at = start; at < Math.min(end, now); at += DAY) {
    const one = saidAt(series, backTest, at);
    if (one) {
      said.push(one);
    }
  }
  return said;
}

function saidAt(series: DailySeries, backTest: BackTest, at: EpochMs): PastForecast | undefined {
  const forecast = forecastOf(series, backTest, at);
  if (!forecast) {
    return undefined;
  }
  const [first, end] = [dayNumber(forecast.month.start), dayNumber(forecast.month.end)];
  const isWhole = series.count(first, end) === end - first;
  return { day: utcDay(at), forecast, came: isWhole ? sumOf(series, first, end) : undefined };
}
