import { DAY, type EpochMs, startOfDay, type UtcDay } from '../../usage/time';

/** A UTC day as its number since 1970-01-01: days that follow one another differ by 1, equal weekdays by multiples of 7. */
export type DayNumber = number;

/** The day that holds an instant. */
export function dayNumber(at: EpochMs): DayNumber {
  return Math.floor(at / DAY);
}

/** A day and its amount, in the meter's unit. */
export interface KnownDay {
  readonly day: DayNumber;
  readonly value: number;
}

/** Amounts by UTC day, in the meter's unit. A missing day is unknown, not zero. Never changes. */
export class DailySeries {
  readonly first: DayNumber;
  /** One after the newest known day. */
  readonly end: DayNumber;
  /** By day from `first` on; NaN where unknown. */
  readonly #values: Float64Array;

  /** Takes the known days before `end`; a value that is not finite is unknown. */
  constructor(known: Iterable<readonly [DayNumber, number]>, end: DayNumber) {
    const days = [...known].filter(([day, value]) => day < end && Number.isFinite(value));
    this.first = days.reduce((least, [day]) => Math.min(least, day), end);
    this.end = days.reduce((most, [day]) => Math.max(most, day + 1), this.first);
    this.#values = new Float64Array(this.end - this.first).fill(Number.NaN);
    for (const [day, value] of days) {
      this.#values[day - this.first] = value;
    }
  }

  /** The same from days by date. */
  static of(known: ReadonlyMap<UtcDay, number>, end: DayNumber): DailySeries {
    const days = [...known].map(([day, value]) => [dayNumber(startOfDay(day)), value] as const);
    return new DailySeries(days, end);
  }

  /** In the meter's unit; undefined where unknown. */
  at(day: DayNumber): number | undefined {
    const value = this.#values[day - this.first];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** The known days of `[from, end)`, in order. */
  *known(from: DayNumber, end: DayNumber): Generator<KnownDay> {
    for (let day = Math.max(from, this.first); day < Math.min(end, this.end); day += 1) {
      const value = this.at(day);
      if (value !== undefined) {
        yield { day, value };
      }
    }
  }

  /** The same, with the days of `[from, end)` unknown. */
  without(from: DayNumber, end: DayNumber): DailySeries {
    const days = [...this.known(this.first, this.end)].filter(({ day }) => day < from || day >= end);
    return new DailySeries(
      days.map(({ day, value }) => [day, value]),
      this.end,
    );
  }

  /** How many days of `[from, end)` are known. */
  count(from: DayNumber, end: DayNumber): number {
    let count = 0;
    for (let day = Math.max(from, this.first); day < Math.min(end, this.end); day += 1) {
      count += Number.isNaN(this.#values[day - this.first]) ? 0 : 1;
    }
    return count;
  }

  /** The newest known day before `end`; undefined when there is none. */
  newestBefore(end: DayNumber): DayNumber | undefined {
    for (let day = Math.min(end, this.end) - 1; day >= this.first; day -= 1) {
      if (this.at(day) !== undefined) {
        return day;
      }
    }
    return undefined;
  }
}
