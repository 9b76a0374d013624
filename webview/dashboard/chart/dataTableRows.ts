import type { Chart } from '../../../src/protocol/chart';
import type { DashboardStrings } from '../../../src/protocol/strings';
import type { Subject } from '../../../src/protocol/subject';
import { inDisplayUnit } from '../../../src/usage/format';
import { meterOf } from '../../../src/usage/meter';
import { type Language, seriesLabel, slotTime } from '../parts/speech';
import type { TwinRow } from '../table/tableRows';
import { type ChartModel, exact, rounded, sumOf } from './chartModel';

/** A row for each slot that has begun and each series, in the chart's order. */
export function dataTableRows(chart: Chart, model: ChartModel, language: Language): TwinRow[] {
  const { strings, formats } = language;
  const names = chart.series.map((series) => seriesLabel(series, strings));
  return model.slotTotals.flatMap((_, slot) => {
    const at = chart.starts[slot] ?? NaN;
    const time = slotTime(chart, slot, formats);
    const note = slot >= chart.openFrom ? strings.open : '';
    return chart.series.map((series, index): TwinRow => {
      const amount = model.cells[index]?.[slot];
      const known = amount !== undefined;
      return {
        at,
        time,
        key: series.kind === 'machine' ? series.key : '',
        name: names[index] ?? '',
        amount,
        rounded: known ? formats.cell(inDisplayUnit(amount, chart.meter)) : strings.unknown,
        exact: known ? formats.exact(amount, chart.meter) : strings.unknown,
        note,
      };
    });
  });
}

/** The column heads: what is stacked, and the units for showing and copying. */
export function twinHeadings(
  chart: Pick<Chart, 'title' | 'meter' | 'series'>,
  subject: Subject,
  { shape, subjects, value }: DashboardStrings,
): { nameHeading: string; valueHeading: string; copyHeading: string; decimals: number } {
  const { display, unit, decimals } = meterOf(chart.meter);
  return {
    nameHeading: chart.series.some(({ kind }) => kind === 'shape') ? shape : subjects[subject].one,
    valueHeading: withUnit(value, display.unit),
    copyHeading: withUnit(chart.title, unit),
    decimals,
  };
}

function withUnit(heading: string, unit: string): string {
  return unit === '' ? heading : `${heading} (${unit})`;
}

/** `1,559 h (5,612,345 s)`; marked if a row that is not open is unknown. */
export function sumOfRows(
  rows: readonly TwinRow[],
  { meter }: Pick<Chart, 'meter'>,
  { strings, formats }: Language,
): string {
  const isOpen = ({ note }: TwinRow): boolean => note === strings.open;
  const closed = rows.filter((row) => !isOpen(row));
  const amounts = [...closed, ...rows.filter(isOpen)].map(({ amount }) => amount);
  const reading = sumOf(amounts, closed.length);
  if (reading === undefined) {
    return strings.unknown;
  }
  const full = exact(reading, meter, formats, strings.unknown);
  return `${rounded(reading, meter, formats, strings.unknown)} (${full})`;
}
