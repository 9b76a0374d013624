import type { Chart, ChartTable } from '../../../src/protocol/chart';
import type { DashboardStrings } from '../../../src/protocol/strings';
import type { Subject } from '../../../src/protocol/subject';
import type { Amount } from '../../../src/usage/amount';
import { inDisplayUnit } from '../../../src/usage/format';
import { knownSum } from '../../../src/usage/knownSum';
import { meterOf } from '../../../src/usage/meter';
import type { EpochMs } from '../../../src/usage/time';
import { type Language, seriesLabel, slotTime } from '../parts/speech';
import type { DataTableRow, TableHeadings } from '../table/tableRows';
import { exact, exactValue, rounded } from './chartModel';

/** A row for each slot that has begun and each name of the table, in its order. */
export function dataTableRows(
  chart: Chart,
  { rows, values, exact: texts }: ChartTable,
  language: Language,
): DataTableRow[] {
  const { strings, formats } = language;
  const write = {
    rounded: (amount: Amount) => formats.cell(inDisplayUnit(amount, chart.meter)),
    exact: (amount: Amount) => formats.exact(amount, chart.meter),
    unknown: strings.unknown,
  };
  const names = rows.map((own) => ({
    key: own.kind === 'machine' ? own.key : '',
    name: seriesLabel(own, strings),
  }));
  return Array.from({ length: chart.begun }, (_, index) => {
    const slot = {
      at: chart.starts[index] ?? NaN,
      time: slotTime(chart, index, formats),
      note: index >= chart.openFrom ? strings.open : '',
    };
    return names.map((name, row) => {
      const cell = index * rows.length + row;
      return new CellRow(slot, name, exactValue(values[cell], texts[cell]), write);
    });
  }).flat();
}

/** Its figures are written when they are read: of many thousand rows, a few are seen. */
class CellRow implements DataTableRow {
  readonly at: EpochMs;
  readonly time: string;
  readonly note: string;
  readonly key: string;
  readonly name: string;

  constructor(
    { at, time, note }: Pick<DataTableRow, 'at' | 'time' | 'note'>,
    { key, name }: Pick<DataTableRow, 'key' | 'name'>,
    readonly amount: Amount | undefined,
    private readonly write: Readonly<Record<'rounded' | 'exact', (amount: Amount) => string>> & {
      readonly unknown: string;
    },
  ) {
    this.at = at;
    this.time = time;
    this.note = note;
    this.key = key;
    this.name = name;
  }

  get rounded(): string {
    return this.amount === undefined ? this.write.unknown : this.write.rounded(this.amount);
  }

  get exact(): string {
    return this.amount === undefined ? this.write.unknown : this.write.exact(this.amount);
  }
}

/** The column heads: what is stacked, and the units for showing and copying. */
export function dataTableHeadings(
  chart: Pick<Chart, 'title' | 'meter' | 'series'>,
  subject: Subject,
  { shape, subjects, value }: DashboardStrings,
): TableHeadings {
  const { display, unit, decimals } = meterOf(chart.meter);
  return {
    nameHeading: chart.series.some(({ kind }) => kind === 'shape') ? shape : subjects[subject].one,
    valueHeading: withUnit(value, display.unit),
    unit: display.unit,
    copyHeading: withUnit(chart.title, unit),
    decimals,
  };
}

function withUnit(heading: string, unit: string): string {
  return unit === '' ? heading : `${heading} (${unit})`;
}

/** `1,559 h (5,612,345 s)`; marked if a row that is not open is unknown. */
export function sumOfRows(
  rows: readonly DataTableRow[],
  { meter }: Pick<Chart, 'meter'>,
  { strings, formats }: Language,
): string {
  const counted = rows.filter(({ amount, note }) => amount !== undefined || note !== strings.open);
  const reading = knownSum(counted.map(({ amount }) => amount));
  if (reading === undefined) {
    return strings.unknown;
  }
  const full = exact(reading, meter, formats, strings.unknown);
  return `${rounded(reading, meter, formats, strings.unknown)} (${full})`;
}
