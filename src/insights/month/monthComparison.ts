import { type AccountUsage, machinesOf } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import { isKeptFrom } from '../../store/rowsBegin';
import { usedWithin, wantsWithin } from '../../store/usedWithin';
import { type Amount, compareAmounts } from '../../usage/amount';
import { isStorageMeter } from '../../usage/columns/totals';
import type { MeterId } from '../../usage/meter';
import { DAY, type EpochMs, HOUR, monthOf, type Period, startOfDay, utcDay } from '../../usage/time';

/** One figure of the month to date against the same elapsed part of the month before. */
export interface Comparison {
  readonly now: Amount;
  readonly nowPeriod: Period;
  readonly before: Amount;
  readonly beforePeriod: Period;
}

/** The three figures of a meter, compared; undefined where a needed value is unknown. */
export interface MeterComparison {
  readonly billed: Comparison | undefined;
  readonly metered: Comparison | undefined;
  readonly notYetClosed: Comparison | undefined;
  /** The time up to which metered adds up exactly to billed. */
  readonly closedThrough: EpochMs | undefined;
}

const COMPUTE: readonly MeterId[] = ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'];
const STORAGE: readonly MeterId[] = ['storage_mib_seconds'];

/** A vendor that measured less than this long ago is still measuring; if longer ago, machines sleep. */
const MEASURING = 3 * HOUR;

/** Compares an account's month with the one before, by hour where a period cuts a day. Every period is whole hours. */
export class MonthComparison {
  readonly #usage: AccountUsage;
  readonly #dayCache: DayCache;
  readonly #closed = new Map<readonly MeterId[], EpochMs | undefined>();
  readonly #wants = new Map<string, DayKey>();

  constructor(usage: AccountUsage, dayCache: DayCache) {
    this.#usage = usage;
    this.#dayCache = dayCache;
  }

  of(meter: MeterId): MeterComparison {
    const closedThrough = this.#closedThrough(groupOf(meter));
    const through = meteredThrough(this.#usage, meter);
    const { start } = this.#usage.period;
    return {
      closedThrough,
      billed: this.#compare(meter, start, closedThrough),
      metered: this.#compare(meter, start, through),
      notYetClosed: closedThrough === undefined ? undefined : this.#compare(meter, closedThrough, through),
    };
  }

  /** The time up to which both compute and storage are closed; undefined when one of their times is unknown. */
  closedThrough(): EpochMs | undefined {
    const times = [COMPUTE, STORAGE].map((group) => this.#closedThrough(group));
    return times.every((time) => time !== undefined) ? Math.min(...times) : undefined;
  }

  /** The days that the comparisons made so far looked at. */
  get wants(): readonly DayKey[] {
    return [...this.#wants.values()];
  }

  #compare(meter: MeterId, start: EpochMs, end: EpochMs | undefined): Comparison | undefined {
    if (end === undefined || end <= start) {
      return undefined;
    }
    const month = this.#usage.period.start;
    const before = monthOf(month - 1);
    const same = (at: EpochMs): EpochMs => Math.min(before.start + (at - month), before.end);
    const [nowPeriod, beforePeriod] = [
      { start, end },
      { start: same(start), end: same(end) },
    ];
    if (beforePeriod.start === beforePeriod.end) {
      return undefined; // that month was over
    }
    const now = this.#used(nowPeriod, meter);
    const then = this.#used(beforePeriod, meter);
    return now === undefined || then === undefined || !isKeptFrom(this.#dayCache, beforePeriod, meter)
      ? undefined
      : { now, nowPeriod, before: then, beforePeriod };
  }

  #used(period: Period, meter: MeterId): Amount | undefined {
    for (const want of wantsWithin(period, meter)) {
      this.#wants.set(`${want.part} ${want.day}`, want);
    }
    return usedWithin(this.#dayCache, period, meter);
  }

  /** The first full hour of the last two days up to which every meter of a group adds up to what is billed. */
  #closedThrough(group: readonly MeterId[]): EpochMs | undefined {
    if (!this.#closed.has(group)) {
      this.#closed.set(group, this.#findClosing(group));
    }
    return this.#closed.get(group);
  }

  #findClosing(group: readonly MeterId[]): EpochMs | undefined {
    const { period, summary, compute, storage } = this.#usage;
    const asOf = (group === STORAGE ? storage : compute).asOf;
    if (summary.asOf === undefined || asOf === undefined) {
      return undefined;
    }
    const today = startOfDay(utcDay(asOf));
    for (const day of [today, today - DAY]) {
      if (day < period.start) {
        return undefined;
      }
      for (let at = day; at <= Math.min(day + DAY, asOf); at += HOUR) {
        const order = this.#against(group, { start: period.start, end: at });
        if (order === 'same') {
          return at;
        }
        if (order === undefined) {
          return undefined;
        }
        if (order === 'more') {
          break; // more is metered than billed: only an earlier day can match
        }
      }
    }
    return undefined;
  }

  /** Compares metered with billed in a period: less, the same, or more. */
  #against(group: readonly MeterId[], period: Period): 'less' | 'same' | 'more' | undefined {
    const orders = group.map((meter) => {
      const used = this.#used(period, meter);
      const billed = this.#usage.summary.value?.billed[meter];
      return used === undefined || billed === undefined ? undefined : Math.sign(compareAmounts(used, billed));
    });
    if (orders.includes(undefined)) {
      return undefined;
    }
    if (orders.includes(1)) {
      return 'more';
    }
    return orders.includes(-1) ? 'less' : 'same';
  }
}

/** The full hour up to which machines have been measured; undefined when nothing was read. */
export function meteredThrough(usage: AccountUsage, meter: MeterId): EpochMs | undefined {
  const { asOf } = isStorageMeter(meter) ? usage.storage : usage.compute;
  if (asOf === undefined) {
    return undefined;
  }
  const measured = isStorageMeter(meter)
    ? asOf
    : machinesOf(usage).reduce((most, { dataThrough }) => Math.max(most, dataThrough ?? 0), 0);
  return floorHour(asOf - measured < MEASURING ? Math.min(measured, asOf) : asOf);
}

function groupOf(meter: MeterId): readonly MeterId[] {
  return isStorageMeter(meter) ? STORAGE : COMPUTE;
}

function floorHour(at: EpochMs): EpochMs {
  return Math.floor(at / HOUR) * HOUR;
}
