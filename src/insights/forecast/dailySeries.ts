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
  /** The known days, in order. */
  readonly #known: readonly KnownDay[];
  readonly #without = new Map<string, DailySeries>();
  /** By day from `first` to `end`: how many known days are before it. */
  readonly #before: Uint32Array;

  /** Takes the known days before `end`; a value that is not finite is unknown. */
  constructor(known: Iterable<readonly [DayNumber, number]>, end: DayNumber) {
    const days = [...known].filter(([day, value]) => day < end && Number.isFinite(value));
    this.first = days.reduce((least, [day]) => Math.min(least, day), end);
    this.end = days.reduce((most, [day]) => Math.max(most, day + 1), this.first);
    this.#values = new Float64Array(this.end - this.first).fill(Number.NaN);
    for (const [day, value] of days) {
      this.#values[day - this.first] = value;
    }
    const inOrder: KnownDay[] = [];
    this.#before = new Uint32Array(this.#values.length + 1);
    this.#values.forEach((value, index) => {
      if (!Number.isNaN(value)) {
        inOrder.push({ day: this.first + index, value });
      }
      this.#before[index + 1] = inOrder.length;
    });
    this.#known = inOrder;
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
  known(from: DayNumber, end: DayNumber): readonly KnownDay[] {
    return this.#known.slice(this.#countBefore(from), this.#countBefore(end));
  }

  /** The same, with the days of `[from, end)` unknown; kept, because a back-test asks for the same days again and again. */
  without(from: DayNumber, end: DayNumber): DailySeries {
    const key = `${from} ${end}`;
    const kept = this.#without.get(key);
    if (kept !== undefined) {
      return kept;
    }
    const days = this.#known.filter(({ day }) => day < from || day >= end);
    const series = new DailySeries(
      days.map(({ day, value }) => [day, value]),
      this.end,
    );
    this.#without.set(key, series);
    return series;
  }

  /** How many days of `[from, end)` are known. */
  count(from: DayNumber, end: DayNumber): number {
    return Math.max(0, this.#countBefore(end) - this.#countBefore(from));
  }

  /** The newest known day before `end`; undefined when there is none. */
  newestBefore(end: DayNumber): DayNumber | undefined {
    return this.#known[this.#countBefore(end) - 1]?.day;
  }

  /** How many days before a day are known. */
  #countBefore(day: DayNumber): number {
    return this.#before[Math.min(Math.max(day, this.first), this.end) - this.first] ?? 0;
  }
}
