import type { DailySeries, DayNumber } from './dailySeries';
import { type Expectation, meanLevel, recentLevel, trendLevel } from './levels';
import { newestStop } from './stop';
import { NO_WEEKDAYS, weekdayFactors } from './weekdays';

/** How a forecast is made. */
export interface Method {
  /** A mean of four weeks, plain or weighted to recent days, or a line through four weeks that flattens out. */
  readonly level: 'mean' | 'recent' | 'trend';
  /** Whether each weekday has a factor of its own. */
  readonly weekdays: boolean;
}

/** The simplest first. */
export const METHODS: readonly Method[] = [
  { level: 'mean', weekdays: false },
  { level: 'recent', weekdays: false },
  { level: 'mean', weekdays: true },
  { level: 'recent', weekdays: true },
  { level: 'trend', weekdays: false },
  { level: 'trend', weekdays: true },
];

const LEVELS = { mean: meanLevel, recent: recentLevel, trend: trendLevel };

/** What is expected from a day on, based on what was known before it. */
export interface Outlook {
  readonly hasStopped: boolean;
  /** By place in {@link METHODS}; undefined where too little is known for a method. During a stop all are the same. */
  readonly expectations: readonly (Expectation | undefined)[];
}

/**
 * What each method expects from `end` on, based on the days before it. While usage has stopped, all expect it to stay so.
 * Once it resumes, the days of the stop are left out, because they say nothing about the others.
 */
export function outlookAt(series: DailySeries, end: DayNumber): Outlook {
  const stop = newestStop(series, end);
  if (stop && !stop.isOver) {
    return { hasStopped: true, expectations: METHODS.map(() => () => stop.rest) };
  }
  const ordinary = stop ? series.without(stop.from, stop.end) : series;
  const factors = weekdayFactors(ordinary, end);
  const expectations = METHODS.map(({ level, weekdays }) => {
    const used = weekdays ? factors : NO_WEEKDAYS;
    return used && LEVELS[level](ordinary, end, used);
  });
  return { hasStopped: false, expectations };
}
