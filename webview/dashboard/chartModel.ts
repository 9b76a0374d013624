import type { Chart, ChartSeries } from '../../src/protocol/messages';
import { type Amount, add, compareAmounts, toAmount } from '../../src/usage/amount';
import { METERS, type MeterId } from '../../src/usage/meter';
import type { Formats } from '../../src/usage/format';
import { type EpochMs, type UtcDay, daysOf, monthOf } from '../../src/usage/time';

/** A sum of what is known; `whole` is false when a part of it is not known, so that the true figure is at least this. */
export interface Reading {
  readonly amount: Amount;
  readonly whole: boolean;
}

/** What a chart, its legend and its table all show, worked out once and exactly. Undefined stands for unknown. */
export interface ChartModel {
  /** One row a series, one cell a day, days up to and including the one that is still going on. */
  readonly cells: readonly (readonly (Amount | undefined)[])[];
  readonly dayTotals: readonly (Reading | undefined)[];
  /** Of an amount the sum over the days; of a level, which must not be summed over time, the newest figure. */
  readonly seriesTotals: readonly (Reading | undefined)[];
  readonly total: Reading | undefined;
  /** The day with the highest total; undefined when there was no usage. */
  readonly peakDay: number | undefined;
  /** The machine with the highest figure; undefined when there was no usage. */
  readonly largest: number | undefined;
}

export function createChartModel(chart: Chart): ChartModel {
  const dayCount = chart.openDay === undefined ? chart.days.length : chart.openDay + 1;
  const dayIndexes = Array.from({ length: dayCount }, (_, day) => day);
  const cells = chart.series.map((series) => dayIndexes.map((day) => exactValue(series, day)));
  const dayTotals = dayIndexes.map((day) => read(cells.map((row) => row[day])));
  const seriesTotals =
    METERS[chart.meter].kind === 'level'
      ? newest(cells, dayTotals)
      : cells.map((row) => read(row, chart.openDay));
  return {
    cells,
    dayTotals,
    seriesTotals,
    total: total(seriesTotals),
    peakDay: highest(dayTotals),
    largest: highest(
      seriesTotals.map((reading, index) => (chart.series[index]?.kind === 'machine' ? reading : undefined)),
    ),
  };
}

/** A value that is neither a whole number nor given as a text cannot be shown exactly, and counts as unknown. */
function exactValue(series: ChartSeries, day: number): Amount | undefined {
  const value = series.values[day];
  if (value === undefined || Number.isNaN(value)) {
    return undefined;
  }
  const text = series.exact?.[day];
  if (text !== undefined && /^-?\d+$/u.test(text)) {
    return toAmount(BigInt(text));
  }
  return Number.isSafeInteger(value) ? toAmount(value) : undefined;
}

/** Adds up what is known. That the cell at `mayLack` is unknown does not make the sum a part of something. */
function read(cells: readonly (Amount | undefined)[], mayLack?: number): Reading | undefined {
  let amount: Amount | undefined;
  let whole = true;
  cells.forEach((cell, index) => {
    if (cell !== undefined) {
      amount = amount === undefined ? cell : add(amount, cell);
    } else if (index !== mayLack) {
      whole = false;
    }
  });
  return amount === undefined ? undefined : { amount, whole };
}

function newest(
  cells: ChartModel['cells'],
  dayTotals: ChartModel['dayTotals'],
): readonly (Reading | undefined)[] {
  const day = dayTotals.findLastIndex((reading) => reading !== undefined);
  return cells.map((row) => {
    const amount = row[day];
    return amount === undefined ? undefined : { amount, whole: true };
  });
}

function total(readings: readonly (Reading | undefined)[]): Reading | undefined {
  const sum = read(readings.map((reading) => reading?.amount));
  return sum && { amount: sum.amount, whole: sum.whole && readings.every((reading) => reading?.whole) };
}

function highest(readings: readonly (Reading | undefined)[]): number | undefined {
  let best: number | undefined;
  readings.forEach((reading, index) => {
    const record = best === undefined ? 0 : (readings[best]?.amount ?? 0);
    if (reading && compareAmounts(reading.amount, record) > 0) {
      best = index;
    }
  });
  return best;
}

/** The days of the axis: the whole month when the chart begins with it, so that a day keeps its place. */
export function axisDays(days: readonly UtcDay[], month: EpochMs): readonly UtcDay[] {
  const whole = daysOf(monthOf(month));
  return days.length <= whole.length && days.every((day, index) => day === whole[index]) ? whole : days;
}

const AT_LEAST = '≥ ';

/** Rounded, in the unit for people; `≥` before a sum of which a part is unknown. */
export function rounded(
  reading: Reading | undefined,
  meter: MeterId,
  formats: Formats,
  unknown: string,
): string {
  return reading ? mark(reading) + formats.rounded(reading.amount, meter) : unknown;
}

/** Exact, in the vendor's unit. */
export function exact(
  reading: Reading | undefined,
  meter: MeterId,
  formats: Formats,
  unknown: string,
): string {
  return reading ? mark(reading) + formats.exact(reading.amount, meter) : unknown;
}

export function mark(reading: Reading): string {
  return reading.whole ? '' : AT_LEAST;
}
