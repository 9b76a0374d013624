import type { DailySeries, DayNumber } from './dailySeries';

/** Each weekday as a multiple of an ordinary day, by day number modulo 7. */
export type WeekdayFactors = readonly number[];

/** All days alike. */
export const NO_WEEKDAYS: WeekdayFactors = [1, 1, 1, 1, 1, 1, 1];

const WEEK = 7;
/** How many weeks count. */
const WEEKS = 8;
/** Fewer known days show no pattern. */
const LEAST_DAYS = 21;
/** A week with fewer known days says little about its own mean. */
const LEAST_OF_WEEK = 5;

/** The factor of a day. */
export function factorOf(factors: WeekdayFactors, day: DayNumber): number {
  return factors[day % WEEK] ?? 1;
}

/**
 * The factors that the eight weeks before `end` show; undefined before 21 days are known, or when they show none.
 * They are pulled towards 1 the more chance explains their spread: a weekday's deviation counts by B ÷ (B + W), where W is
 * the variance of a weekday's mean due to its days, and B the variance between weekdays beyond that.
 */
export function weekdayFactors(series: DailySeries, end: DayNumber): WeekdayFactors | undefined {
  const from = end - WEEKS * WEEK;
  if (series.count(from, end) < LEAST_DAYS) {
    return undefined;
  }
  const ratios = NO_WEEKDAYS.map((): number[] => []);
  for (let week = end - WEEK; week >= from; week -= WEEK) {
    const days = [...series.known(week, week + WEEK)];
    const mean = meanOf(days.map(({ value }) => value));
    if (days.length >= LEAST_OF_WEEK && mean > 0) {
      for (const { day, value } of days) {
        ratios[day % WEEK]?.push(value / mean);
      }
    }
  }
  return ratios.every((ofDay) => ofDay.length >= 2) ? shrunk(ratios) : undefined;
}

function shrunk(ratios: readonly (readonly number[])[]): WeekdayFactors | undefined {
  const means = ratios.map(meanOf);
  const mean = meanOf(means);
  const byChance = meanOf(ratios.map((ofDay) => varianceOf(ofDay) / ofDay.length));
  const beyond = varianceOf(means) - byChance;
  if (beyond <= 0 || mean <= 0) {
    return undefined;
  }
  const belief = beyond / (beyond + byChance);
  return means.map((ofDay) => Math.max(0, 1 + belief * (ofDay / mean - 1)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample variance: divides by n − 1. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
