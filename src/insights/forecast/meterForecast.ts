import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import { dayPartOfMeter } from '../../store/dayParts';
import { forecastDays } from '../../store/refetchPolicy';
import type { Account } from '../../usage/account';
import { toApproximateNumber } from '../../usage/amount';
import type { UsageColumns } from '../../usage/columns/columns';
import { dayAmount } from '../../usage/columns/dayAmount';
import { totalOf } from '../../usage/knownSum';
import { type MeterId, meterOf } from '../../usage/meter';
import { dayPeriod, daysOf, type EpochMs, monthOf, monthToDate, utcDay } from '../../usage/time';
import { metersFor, monthFigure } from '../month/monthFigure';
import type { BackTest } from './backTest';
import { backTestOf, type Forecast, type KnownDays, monthForecast, type SoFar } from './monthForecast';
import { type PastForecast, pastForecasts } from './pastForecasts';

/** Where a meter will end this month, and how far off the same method was before; in the meter's stored unit. */
export interface MeterForecast {
  readonly meter: MeterId;
  readonly forecast: Forecast;
  /** What the method said on the same day of earlier months, oldest first. */
  readonly past: readonly PastForecast[];
}

/** The meters of the month to date that can have a forecast: amounts, and money in each unit. */
export function forecastMeters(usage: AccountUsage, capabilities: ProviderCapabilities): MeterId[] {
  return capabilities.figures
    .flatMap((figure) => metersFor(usage, figure))
    .filter((meter) => meterOf(meter).kind === 'amount');
}

/** The days of last month and this month, of the parts that have these meters. */
export function forecastWants(
  capabilities: ProviderCapabilities,
  account: Pick<Account, 'grouping'>,
  meters: readonly MeterId[],
  now: EpochMs,
): DayKey[] {
  const parts = new Set(meters.flatMap((meter) => dayPartOfMeter(capabilities, account, meter) ?? []));
  const { start } = monthOf(monthOf(now).start - 1);
  const days = daysOf({ start, end: monthToDate(now).end });
  return [...parts].flatMap((part) => days.map((day) => ({ part, day })));
}

/** What the forecasts of an account's month are made from. */
export interface ForecastSource {
  readonly capabilities: ProviderCapabilities;
  readonly account: Pick<Account, 'grouping'>;
  readonly usage: AccountUsage;
  readonly dayCache: DayCache;
  readonly now: EpochMs;
}

/** Undefined before three whole days are known (`monthForecast.ts`), and for a meter that the vendor does not give by day. */
export function meterForecast(of: ForecastSource, meter: MeterId): MeterForecast | undefined {
  const { capabilities, account, usage, dayCache, now } = of;
  const soFar = monthSoFar(usage, meter, now);
  const known = { ...knownDays(capabilities, account, dayCache, meter, now), soFar };
  const ends = kept.get(dayCache) ?? new Map<MeterId, KeptEnd>();
  kept.set(dayCache, ends);
  const end = worked(ends.get(meter), known, meter, now);
  ends.set(meter, end);
  return end.end;
}

/** The month to date; undefined while a day of it is unknown. */
function monthSoFar(usage: AccountUsage, meter: MeterId, now: EpochMs): SoFar | undefined {
  const { metered, meteredAsOf } = monthFigure(usage, meter);
  return metered === undefined || meteredAsOf === undefined || usage.period.start !== monthOf(now).start
    ? undefined
    : { amount: toApproximateNumber(metered), asOf: meteredAsOf };
}

/** Works out only what has changed since `before`. */
function worked(before: KeptEnd | undefined, known: KnownDays, meter: MeterId, now: EpochMs): KeptEnd {
  const daysKey = JSON.stringify([utcDay(now), ...known.days]);
  const openKey = JSON.stringify([known.soFar?.asOf, known.soFar?.amount, known.openDay]);
  const isSameDays = before?.daysKey === daysKey;
  if (isSameDays && before.openKey === openKey) {
    return before;
  }
  const backTest = isSameDays ? before.backTest : backTestOf(known, now);
  const forecast = monthForecast(known, now, backTest);
  const past = isSameDays ? before.end?.past : undefined;
  const end = forecast && { meter, forecast, past: past ?? pastForecasts(known, now, backTest) };
  return { daysKey, openKey, backTest, end };
}

interface KeptEnd {
  /** Today's date and the whole days that `backTest` was made from. */
  readonly daysKey: string;
  /** What else `end` was computed from: it grows with every refresh. */
  readonly openKey: string;
  readonly backTest: BackTest;
  readonly end: MeterForecast | undefined;
}

/** A back-test takes milliseconds, and views ask far more often than a day ends. */
const kept = new WeakMap<DayCache, Map<MeterId, KeptEnd>>();

/**
 * The total of all subjects on each whole day at hand. Leaves out days before the first row: nobody knows whether nothing was
 * used or it is no longer kept.
 */
export function knownDays(
  capabilities: ProviderCapabilities,
  account: Pick<Account, 'grouping'>,
  dayCache: DayCache,
  meter: MeterId,
  now: EpochMs,
): KnownDays {
  const part = dayPartOfMeter(capabilities, account, meter);
  const blocks = (part === undefined ? [] : forecastDays(now)).flatMap((day) => {
    const block = part === undefined ? undefined : dayCache.block(part, day);
    return block === undefined || totalOf(dayAmount(block.columns, meter)) === undefined
      ? []
      : [{ day, ...block }];
  });
  const first = blocks.findIndex(({ columns }) => columns.length > 0);
  const used = (columns: UsageColumns): number => toApproximateNumber(dayAmount(columns, meter)?.amount ?? 0);
  const known = first < 0 ? [] : blocks.slice(first);
  const today = known.find(({ day }) => day === utcDay(now));
  return {
    days: new Map(
      known
        .filter(({ day, asOf }) => asOf >= dayPeriod(day).end)
        .map(({ day, columns }) => [day, used(columns)]),
    ),
    openDay: today === undefined ? undefined : used(today.columns),
  };
}
