import type { Chart } from '../../../src/protocol/messages';
import { type Amount, sum } from '../../../src/usage/amount';
import { inDisplayUnit } from '../../../src/usage/format';
import { type ChartModel, exact, rounded } from './chartModel';
import { type Language, seriesLabel, slotTime } from '../parts/speech';
import type { TwinRow } from '../table/tableRows';

/** A row for each slot that has begun and each series, in the chart's order. */
export function twinRows(chart: Chart, model: ChartModel, language: Language): TwinRow[] {
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

/** `1,559 h (5,612,345 s)`; at least that, when one of the rows is unknown and not just open. */
export function sumOfRows(
  rows: readonly TwinRow[],
  { meter }: Pick<Chart, 'meter'>,
  { strings, formats }: Language,
): string {
  const known = rows.map(({ amount }) => amount).filter((amount): amount is Amount => amount !== undefined);
  if (known.length === 0) {
    return strings.unknown;
  }
  const whole = rows.every(({ amount, note }) => amount !== undefined || note === strings.open);
  const reading = { amount: sum(known), whole };
  const full = exact(reading, meter, formats, strings.unknown);
  return `${rounded(reading, meter, formats, strings.unknown)} (${full})`;
}
