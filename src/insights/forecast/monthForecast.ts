import { DAY, type EpochMs, monthOf, type Period, type UtcDay } from '../../usage/time';
import { BackTest, methodAt } from './backTest';
import { DailySeries, type DayNumber, dayNumber } from './dailySeries';
import type { Expectation } from './levels';
import type { Method } from './methods';

/** The known days of a meter that adds up. */
export interface KnownDays {
  /** Whole UTC days and their amounts, in the meter's unit, of this month and earlier. A missing day is unknown. */
  readonly days: ReadonlyMap<UtcDay, number>;
  /** The open day's amount so far, in the meter's unit; undefined when unknown. */
  readonly openDay?: number | undefined;
  /** The month to date and its time, when all of it is known: the vendor's own sum where days are not at hand. */
  readonly soFar?: SoFar | undefined;
}

export interface SoFar {
  /** In the meter's unit. */
  readonly amount: number;
  readonly asOf: EpochMs;
}

/** The expected amount of a meter at the end of a UTC calendar month, in the meter's unit. */
export interface Forecast {
  readonly month: Period;
  readonly total: number;
  /** The range that holds four cases of five. `low` ≤ `total` ≤ `high`. */
  readonly low: number;
  readonly high: number;
  /** The month to date, or the sum of its known days and the open one; never more than `low`. */
  readonly metered: number;
  /** How many days of the month were estimated: coming days, the open one, and unknown past ones. */
  readonly daysForecast: number;
  /** How many days are still to come, including the open one. */
  readonly daysToCome: number;
  /** The method that the series' own back-test chose. */
  readonly method: Method;
  /** The newest days have next to no usage, and the forecast is that this stays so. */
  readonly hasStopped: boolean;
}

/** Minimum known days for a forecast. */
const LEAST_DAYS = 3;
/** How many days before today count for it. */
const WITHIN = 28;

/**
 * What the UTC month of `now` will come to. Undefined when fewer than three whole days of the four weeks before today are
 * known, or too many are missing to test the method. Days from today on are left out. The same input gives the same forecast.
 *
 * @param backTest of the same days on the same day, if there is one already
 */
export function monthForecast(
  known: KnownDays,
  now: EpochMs,
  backTest = backTestOf(known, now),
): Forecast | undefined {
  return forecastOf(backTest.series, backTest, now, known);
}

/** The back-test of the whole days before today: most of the work of a forecast, and the same until one of them changes. */
export function backTestOf({ days }: Pick<KnownDays, 'days'>, now: EpochMs): BackTest {
  return new BackTest(DailySeries.of(days, dayNumber(now)));
}

/** The same for a series that may go on after `now`; later days are ignored. */
export function forecastOf(
  series: DailySeries,
  backTest: BackTest,
  now: EpochMs,
  { openDay, soFar }: Pick<KnownDays, 'openDay' | 'soFar'> = {},
): Forecast | undefined {
  const today = dayNumber(now);
  if (series.count(today - WITHIN, today) < LEAST_DAYS) {
    return undefined;
  }
  const month = monthOf(now);
  const [first, end] = [dayNumber(month.start), dayNumber(month.end)];
  const open = { day: today, used: openDay };
  const from = soFar === undefined ? first : Math.max(first, dayNumber(soFar.asOf));
  const daysForecast = end - from - series.count(from, today);
  const place = backTest.choose(today, daysForecast);
  const halfWidth = backTest.halfWidth(today, daysForecast, place);
  const { hasStopped, expectations } = backTest.outlook(today);
  const expected = expectations[place];
  if (halfWidth === undefined || expected === undefined) {
    return undefined;
  }

  const metered = soFar?.amount ?? sumOf(series, first, today) + (openDay ?? 0);
  let total =
    soFar === undefined
      ? metered + missingDays(series, first, today, expected) + Math.max(0, expected(today) - (openDay ?? 0))
      : metered + sinceThen(series, soFar, open, expected);
  for (let day = today + 1; day < end; day += 1) {
    total += expected(day);
  }
  const [low, high] = [Math.max(metered, total - halfWidth), total + halfWidth];
  const days = { daysForecast, daysToCome: end - today };
  return { month, total, low, high, metered, ...days, method: methodAt(place), hasStopped };
}

/** The open day's amount so far, in the meter's unit; undefined when unknown. */
interface OpenDay {
  readonly day: DayNumber;
  readonly used: number | undefined;
}

/** Expected usage from the time of the month to date until the end of the open day. */
function sinceThen(series: DailySeries, { asOf }: SoFar, open: OpenDay, expected: Expectation): number {
  const first = dayNumber(asOf);
  const ofFirst = expected(first) * (1 - (asOf % DAY) / DAY);
  if (first >= open.day) {
    return open.used === undefined ? ofFirst : Math.max(0, expected(open.day) - open.used);
  }
  let sum = ofFirst + Math.max(expected(open.day), open.used ?? 0);
  for (let day = first + 1; day < open.day; day += 1) {
    sum += Math.max(0, series.at(day) ?? expected(day));
  }
  return sum;
}

/** What the known days of `[from, end)` come to. */
export function sumOf(series: DailySeries, from: DayNumber, end: DayNumber): number {
  let sum = 0;
  for (const { value } of series.known(from, end)) {
    sum += value;
  }
  return sum;
}

/** An estimate of the unknown days in `[from, end)`: the mean of the known days beside each gap. */
function missingDays(series: DailySeries, from: DayNumber, end: DayNumber, expected: Expectation): number {
  let sum = 0;
  let before = from > series.first ? series.newestBefore(from) : undefined;
  for (let day = from; day < end; day += 1) {
    if (series.at(day) !== undefined) {
      before = day;
      continue;
    }
    const [after] = series.known(day + 1, end);
    const beside = before === undefined ? undefined : series.at(before);
    sum += after ? Math.max(0, ((beside ?? after.value) + after.value) / 2) : expected(day);
  }
  return sum;
}
