import type { DailySeries, DayNumber } from './dailySeries';
import { factorOf, type WeekdayFactors } from './weekdays';

/** The expected amount of a day, in the meter's unit; never negative. */
export type Expectation = (day: DayNumber) => number;

/** How many days count: four whole weeks. */
const WINDOW = 28;
/** Days after which the weight of a day halves in the recent level. */
const HALF_LIFE = 3;
/** Fewer known days show no trend. */
const LEAST_FOR_TREND = 10;
/** The share of the trend that remains from one day to the next. */
const DAMPING = 0.98;

/** The mean of the four weeks before `end`. Undefined when none of their days is known. */
export function meanLevel(
  series: DailySeries,
  end: DayNumber,
  factors: WeekdayFactors,
): Expectation | undefined {
  return weightedLevel(series, end, factors, () => 1);
}

/** The exponentially weighted mean: a day counts half as much as one three days later. */
export function recentLevel(
  series: DailySeries,
  end: DayNumber,
  factors: WeekdayFactors,
): Expectation | undefined {
  return weightedLevel(series, end, factors, (age) => 0.5 ** (age / HALF_LIFE));
}

/** Sums divided by sums, so that a weekday whose factor is zero does no harm. */
function weightedLevel(
  series: DailySeries,
  end: DayNumber,
  factors: WeekdayFactors,
  weightAt: (age: number) => number,
): Expectation | undefined {
  let used = 0;
  let ordinary = 0;
  for (const { day, value } of series.known(end - WINDOW, end)) {
    const weight = weightAt(end - 1 - day);
    used += weight * value;
    ordinary += weight * factorOf(factors, day);
  }
  const level = Math.max(0, used / ordinary);
  return ordinary > 0 ? (day) => level * factorOf(factors, day) : undefined;
}

/**
 * A least-squares line through the four weeks before `end` that flattens out afterwards: each day's trend is 0.98 times the
 * trend of the day before. Undefined before ten days of these weeks are known.
 */
export function trendLevel(
  series: DailySeries,
  end: DayNumber,
  factors: WeekdayFactors,
): Expectation | undefined {
  // value = factor × (level + slope × time), with time 0 on the newest day
  let [ff, fft, fftt, fv, ftv, count] = [0, 0, 0, 0, 0, 0];
  for (const { day, value } of series.known(end - WINDOW, end)) {
    const time = day - (end - 1);
    const factor = factorOf(factors, day);
    ff += factor * factor;
    fft += factor * factor * time;
    fftt += factor * factor * time * time;
    fv += factor * value;
    ftv += factor * time * value;
    count += 1;
  }
  const determinant = ff * fftt - fft * fft;
  if (count < LEAST_FOR_TREND || determinant <= 0) {
    return undefined;
  }
  const level = (fv * fftt - ftv * fft) / determinant;
  const slope = (ff * ftv - fft * fv) / determinant;
  return (day) => Math.max(0, level + slope * damped(day - (end - 1))) * factorOf(factors, day);
}

/** How many days of full trend this many coming days add up to: 0.98 + 0.98² + … */
function damped(days: number): number {
  return (DAMPING * (1 - DAMPING ** days)) / (1 - DAMPING);
}
