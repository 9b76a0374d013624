import type { DailySeries, DayNumber } from './dailySeries';
import { type Expectation, meanLevel, recentLevel, trendLevel } from './levels';
import { newestStop } from './stop';
import { NO_WEEKDAYS, weekdayFactors } from './weekdays';

/** How a forecast is made. */
export interface Method {
  /** The mean of four weeks, the last days more than those before, or a line through four weeks that flattens out. */
  readonly level: 'mean' | 'recent' | 'trend';
  /** Whether each weekday has a factor of its own. */
  readonly weekdays: boolean;
}

/** The simpler first. */
export const METHODS: readonly Method[] = [
  { level: 'mean', weekdays: false },
  { level: 'recent', weekdays: false },
  { level: 'mean', weekdays: true },
  { level: 'recent', weekdays: true },
  { level: 'trend', weekdays: false },
  { level: 'trend', weekdays: true },
];

const LEVELS = { mean: meanLevel, recent: recentLevel, trend: trendLevel };

/** The expectation from a day on, from what was known before it. */
export interface Outlook {
  readonly hasStopped: boolean;
  /** By the place in {@link METHODS}; undefined where too little is known for a method. After a stop all are the same. */
  readonly expectations: readonly (Expectation | undefined)[];
}

/**
 * What each method expects of the days from `end` on, by the days before it. While it has stopped, all expect that it
 * stays so; when it goes on again, the days of the stop are left out, since they say nothing of the others.
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
