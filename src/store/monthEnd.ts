import type { UsagePlan } from '../providers/plan';
import type { Account } from '../usage/account';
import { type Amount, add, toApproximateNumber } from '../usage/amount';
import { type UsageColumns, amountAt } from '../usage/columns';
import { type Forecast, type KnownDays, monthForecast } from '../usage/forecast/monthForecast';
import { type PastForecast, pastForecasts } from '../usage/forecast/pastForecasts';
import type { MeterId } from '../usage/meter';
import { type EpochMs, type UtcDay, dayPeriod, daysOf, monthOf, monthToDate, utcDay } from '../usage/time';
import { dayPartOfMeter } from './dayParts';
import type { History, Want } from './history';

/** Where a meter of the month will end, and how far off the same method was before; in the meter's stored unit. */
export interface MonthEnd {
  readonly meter: MeterId;
  readonly forecast: Forecast;
  /** What the method said on the same day of months before, the oldest first. */
  readonly past: readonly PastForecast[];
}

/** So many months before this one are looked at: weekdays and the back-test want some weeks. */
const MONTHS_BEFORE = 2;

/** The whole days that a forecast of these meters can be made of, the oldest first; the open day is last. */
export function forecastDays(now: EpochMs): UtcDay[] {
  let { start } = monthOf(now);
  for (let months = 0; months < MONTHS_BEFORE; months += 1) {
    ({ start } = monthOf(start - 1));
  }
  return daysOf({ start, end: monthToDate(now).end });
}

/** The days of the month before, and of this one, of the parts that tell of these meters. */
export function monthEndWants(
  plan: UsagePlan,
  account: Pick<Account, 'grouping'>,
  meters: readonly MeterId[],
  now: EpochMs,
): Want[] {
  const parts = new Set(meters.flatMap((meter) => dayPartOfMeter(plan, account, meter) ?? []));
  const { start } = monthOf(monthOf(now).start - 1);
  const days = daysOf({ start, end: monthToDate(now).end });
  return [...parts].flatMap((part) => days.map((day) => ({ part, day })));
}

/** Undefined before three whole days are known (`usage/forecast/`), and of a meter that the vendor does not give by day. */
export function monthEnd(
  plan: UsagePlan,
  account: Pick<Account, 'grouping'>,
  history: History,
  meter: MeterId,
  now: EpochMs,
): MonthEnd | undefined {
  const known = knownDays(plan, account, history, meter, now);
  const forecast = monthForecast(known, now);
  return forecast === undefined ? undefined : { meter, forecast, past: pastForecasts(known, now) };
}

/** What all subjects together came to on each day that is at hand whole. */
export function knownDays(
  plan: UsagePlan,
  account: Pick<Account, 'grouping'>,
  history: History,
  meter: MeterId,
  now: EpochMs,
): KnownDays {
  const part = dayPartOfMeter(plan, account, meter);
  const today = utcDay(now);
  const days = new Map<UtcDay, number>();
  let openDay: number | undefined;
  for (const day of part === undefined ? [] : forecastDays(now)) {
    const block = part === undefined ? undefined : history.block(part, day);
    if (block === undefined) {
      continue;
    }
    const used = toApproximateNumber(sumOf(block.columns, meter));
    if (day === today) {
      openDay = used;
    } else if (block.asOf >= dayPeriod(day).end) {
      days.set(day, used);
    }
  }
  return { days, openDay };
}

const sums = new WeakMap<UsageColumns, Map<MeterId, Amount>>();

/** Kept with the columns: each is looked at with every view. */
function sumOf(columns: UsageColumns, meter: MeterId): Amount {
  const known = sums.get(columns) ?? new Map<MeterId, Amount>();
  sums.set(columns, known);
  let sum = known.get(meter);
  if (sum === undefined) {
    sum = 0;
    for (let row = 0; row < columns.length; row += 1) {
      sum = add(sum, amountAt(columns, meter, row) ?? 0);
    }
    known.set(meter, sum);
  }
  return sum;
}
