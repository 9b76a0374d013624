import type { DailySeries, DayNumber } from './dailySeries';
import type { Expectation } from './levels';
import { type Method, METHODS, type Outlook, outlookAt } from './methods';

/** Days before the forecast on which the back-test makes forecasts of its own. */
const LOOK_BACK = 120;
/** Days over which the size of a series is averaged. */
const SIZE_WINDOW = 28;
/** A less simple method must be better by this share on the days on which both can be tested. */
const MARGIN = 0.05;
/** Fewer such days decide nothing. */
const LEAST_TESTS = 5;
/** Maximum factor by which a past error is scaled to the size of the series today. */
const MOST_SCALING = 3;
/** The share of outcomes that the interval should hold. */
const HELD = 0.8;
/** Errors grow by this power of the number of days: 0.5 if days were independent, 1 if all erred alike. */
const GROWTH = 0.75;
/** How much wider an interval is if it rests on one stretch as long as the forecast; less if it rests on more. */
const FEW = 0.6;

/** Compares what a method would have said on past days with what came, in the meter's unit. */
export class BackTest {
  readonly series: DailySeries;
  /** Fits are cached, because every forecast after a day needs that day's fits. */
  readonly #outlooks = new Map<DayNumber, Outlook>();
  readonly #sizes = new Map<DayNumber, number>();

  constructor(series: DailySeries) {
    this.series = series;
  }

  /** What each method expects from `end` on, based on the days before it. */
  outlook(end: DayNumber): Outlook {
    const kept = this.#outlooks.get(end);
    if (kept !== undefined) {
      return kept;
    }
    const outlook = outlookAt(this.series, end);
    this.#outlooks.set(end, outlook);
    return outlook;
  }

  /**
   * The place in {@link METHODS} of the simplest method that none beats by more than 5 % in forecasts of up to `days` days,
   * based on the days before `end`.
   */
  choose(end: DayNumber, days: number): number {
    const now = this.outlook(end);
    let chosen = 0;
    for (let method = 1; method < METHODS.length; method += 1) {
      if (now.expectations[method] && this.#isBetter(method, chosen, end, days)) {
        chosen = method;
      }
    }
    return chosen;
  }

  /**
   * Half the width of an 80 % interval around a forecast of `days` days, based on the days before `end`. It uses the
   * method's errors over as many days; if the series is too short for that, errors over fewer days, scaled up.
   * Undefined when too many days are missing for any error.
   */
  halfWidth(end: DayNumber, days: number, method: number): number | undefined {
    const origins = this.#origins(end);
    let tested = Math.max(1, Math.min(days, Math.floor(origins.length / 2)));
    let errors = this.#errors(origins, end, tested, method);
    while (errors.length === 0 && tested < days) {
      tested += 1;
      errors = this.#errors(origins, end, tested, method);
    }
    const ofFew = 1 + FEW / Math.max(1, origins.length / days);
    return errors.length > 0 ? quantile(errors, HELD) * (days / tested) ** GROWTH * ofFew : undefined;
  }

  /** The method's error over this many days from each origin, scaled to the series at `end`. */
  #errors(origins: readonly DayNumber[], end: DayNumber, days: number, method: number): number[] {
    const errors: number[] = [];
    for (const origin of origins) {
      const error = origin + days <= end ? this.#error(origin, days, method) : undefined;
      if (error !== undefined) {
        errors.push(Math.abs(error) * this.#scaling(origin, end));
      }
    }
    return errors;
  }

  #isBetter(method: number, than: number, end: DayNumber, days: number): boolean {
    let [mine, other, tests] = [0, 0, 0];
    for (const origin of this.#origins(end)) {
      const ahead = Math.min(days, end - origin);
      const size = this.#size(origin) * ahead;
      if (size > 0 && this.outlook(origin).expectations[method]) {
        const [a, b] = [this.#error(origin, ahead, method), this.#error(origin, ahead, than)];
        if (a !== undefined && b !== undefined) {
          mine += Math.abs(a) / size;
          other += Math.abs(b) / size;
          tests += 1;
        }
      }
    }
    return tests >= LEAST_TESTS && mine < other * (1 - MARGIN);
  }

  /** Days before `end` before which at least a third of the known days lie, or 21 of them. */
  #origins(end: DayNumber): DayNumber[] {
    const least = Math.min(21, Math.ceil(this.series.count(this.series.first, end) / 3));
    const origins: DayNumber[] = [];
    let known = 0;
    for (const { day } of this.series.known(this.series.first, end - 1)) {
      known += 1;
      if (known >= least && day + 1 >= end - LOOK_BACK) {
        origins.push(day + 1);
      }
    }
    return origins;
  }

  /** Actual minus expected over `days` days from `origin`; undefined when less than half of it is known. */
  #error(origin: DayNumber, days: number, method: number): number | undefined {
    const { expectations } = this.outlook(origin);
    const expected: Expectation | undefined = expectations[method] ?? expectations[0];
    if (!expected) {
      return undefined;
    }
    let [error, count] = [0, 0];
    for (let day = origin; day < origin + days; day += 1) {
      const value = this.series.at(day);
      if (value !== undefined) {
        error += value - expected(day);
        count += 1;
      }
    }
    return count * 2 >= days ? (error * days) / count : undefined;
  }

  /** The size of the series at `end` relative to `origin`, within bounds. */
  #scaling(origin: DayNumber, end: DayNumber): number {
    const then = this.#size(origin);
    return then > 0 ? Math.min(MOST_SCALING, Math.max(1 / MOST_SCALING, this.#size(end) / then)) : 1;
  }

  /** The mean absolute value of the days before `end`. */
  #size(end: DayNumber): number {
    const kept = this.#sizes.get(end);
    if (kept !== undefined) {
      return kept;
    }
    let [sum, count] = [0, 0];
    for (const { value } of this.series.known(end - SIZE_WINDOW, end)) {
      sum += Math.abs(value);
      count += 1;
    }
    const size = count > 0 ? sum / count : 0;
    this.#sizes.set(end, size);
    return size;
  }
}

/** The method at a place in {@link METHODS}. */
export function methodAt(place: number): Method {
  return METHODS[place] ?? { level: 'mean', weekdays: false };
}

/** The value that a share of the values does not exceed, interpolated between two of them; NaN if there are none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
