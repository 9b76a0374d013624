import type { Chart } from '../../../src/protocol/chart';
import { type Amount, compareAmounts, toAmount, toApproximateNumber } from '../../../src/usage/amount';
import type { Formats } from '../../../src/usage/format';
import { type KnownSum, knownSum, marked } from '../../../src/usage/knownSum';
import { type MeterId, meterOf } from '../../../src/usage/meter';
import { bySize } from '../../../src/usage/order';

/** An exact mean: `sum` over `slots` slots. */
export interface Average {
  readonly sum: Amount;
  readonly slots: number;
}

/** What a chart, its legend and its table all show, computed once and exactly. Undefined means unknown. */
export interface ChartModel {
  /** One row per series, one cell per begun slot. */
  readonly cells: readonly (readonly (Amount | undefined)[])[];
  readonly slotTotals: readonly (KnownSum | undefined)[];
  /** The sum of an amount over the slots; the newest figure of a level, which must not be summed over time. */
  readonly seriesTotals: readonly (KnownSum | undefined)[];
  readonly total: KnownSum | undefined;
  /** The mean total of the closed slots that are known in full; undefined if there are none. */
  readonly average: Average | undefined;
  /** The slot with the highest total; undefined when there was no usage. */
  readonly peak: number | undefined;
  /** The machine or shape with the highest figure; undefined when there was no usage. */
  readonly largest: number | undefined;
}

export function createChartModel(chart: Chart): ChartModel {
  const slots = Array.from({ length: chart.begun }, (_, slot) => slot);
  const cells = chart.series.map(({ values, exact: texts }) =>
    slots.map((slot) => exactValue(values[slot], texts?.[slot])),
  );
  const slotTotals = slots.map((slot) => sumOf(cells.map((row) => row[slot])));
  const seriesTotals = isLevel(chart)
    ? newest(cells, slotTotals)
    : cells.map((row) => sumOf(row, chart.openFrom));
  return {
    cells,
    slotTotals,
    seriesTotals,
    total: knownSum(seriesTotals),
    average: average(slotTotals.slice(0, chart.openFrom)),
    peak: highest(slotTotals),
    largest: highest(
      seriesTotals.map((reading, index) => (chart.series[index]?.kind === 'others' ? undefined : reading)),
    ),
  };
}

export function isLevel({ meter }: Chart): boolean {
  return meterOf(meter).kind === 'level';
}

/** The value, if it is a whole number or given as text; any other is not exact, and counts as unknown. */
export function exactValue(value: number | undefined, text: string | undefined): Amount | undefined {
  if (value === undefined || Number.isNaN(value)) {
    return undefined;
  }
  if (text !== undefined && /^-?\d+$/u.test(text)) {
    return toAmount(BigInt(text));
  }
  return Number.isSafeInteger(value) ? toAmount(value) : undefined;
}

/** Adds up what is known. Unknown cells from index `mayLack` on do not make the sum partial. */
export function sumOf(cells: readonly (Amount | undefined)[], mayLack = Infinity): KnownSum | undefined {
  return knownSum(cells.filter((cell, index) => index < mayLack || cell !== undefined));
}

function newest(
  cells: ChartModel['cells'],
  slotTotals: ChartModel['slotTotals'],
): readonly (KnownSum | undefined)[] {
  const slot = slotTotals.findLastIndex((reading) => reading !== undefined);
  return cells.map((row) => {
    const amount = row[slot];
    return amount === undefined ? undefined : { amount, whole: true };
  });
}

function average(readings: readonly (KnownSum | undefined)[]): Average | undefined {
  const known = readings.filter((reading) => reading?.whole === true);
  const sum = knownSum(known);
  return sum && { sum: sum.amount, slots: known.length };
}

function highest(readings: readonly (KnownSum | undefined)[]): number | undefined {
  let best: number | undefined;
  readings.forEach((reading, index) => {
    const record = best === undefined ? 0 : (readings[best]?.amount ?? 0);
    if (reading && compareAmounts(reading.amount, record) > 0) {
      best = index;
    }
  });
  return best;
}

/** The sum over some slots, both ends included; undefined for a level, which has none, and where nothing is known. */
export function sumOfSlots(
  chart: Chart,
  { slotTotals }: ChartModel,
  first: number,
  last: number,
): KnownSum | undefined {
  return isLevel(chart) ? undefined : knownSum(slotTotals.slice(first, last + 1));
}

/**
 * The series to name for a slot, in the chart's order: the largest there, regardless of sign, and `always`.
 * Series without usage in the slot are left out.
 */
export function largestAt(
  { cells }: ChartModel,
  slot: number,
  most: number,
  always: number | undefined,
): readonly number[] {
  const used = cells.flatMap((row, index) => {
    const amount = row[slot];
    return amount === undefined || amount === 0 ? [] : [{ index, amount }];
  });
  used.sort((a, b) => bySize(a.amount, b.amount));
  const named = new Set(used.slice(0, most).map(({ index }) => index));
  if (always !== undefined && cells[always]?.[slot] !== undefined) {
    named.add(always);
  }
  return [...named].sort((a, b) => a - b);
}

/** The selected machine's series; undefined if none, for example when shapes are stacked. */
export function selectedSeries(
  { series }: Pick<Chart, 'series'>,
  subjectId: string | undefined,
): number | undefined {
  const index = series.findIndex(({ kind, key }) => kind === 'machine' && key === subjectId);
  return index < 0 ? undefined : index;
}

/** Rounded, in display units; a sum that lacks a part is marked. */
export function rounded(
  reading: KnownSum | undefined,
  meter: MeterId,
  formats: Formats,
  unknown: string,
): string {
  return reading ? marked(formats.rounded(reading.amount, meter), reading, meter) : unknown;
}

/** Exact, in the vendor's unit. */
export function exact(
  reading: KnownSum | undefined,
  meter: MeterId,
  formats: Formats,
  unknown: string,
): string {
  return reading ? marked(formats.exact(reading.amount, meter), reading, meter) : unknown;
}

/** The mean in display units; rounded, so for display only. */
export function roundedAverage({ sum, slots }: Average, meter: MeterId, formats: Formats): string {
  return formats.rounded(toApproximateNumber(sum) / slots, meter);
}

/** The exact mean: `10,863 s / 2`. */
export function exactAverage({ sum, slots }: Average, meter: MeterId, formats: Formats): string {
  return `${formats.exact(sum, meter)} / ${formats.count(slots)}`;
}
