import type { DashboardView } from '../../../src/protocol/messages';
import { periodName, unitLine } from '../parts/speech';
import type { TwinModel } from '../table/table';
import { isLevel } from './chartModel';
import { dataTableRows, sumOfRows, twinHeadings } from './dataTableRows';
import type { Drawing } from './drawing';

/** The table's view of a chart: a row for each slot that has begun and each series. */
export function twinOf(drawing: Drawing, view: DashboardView): TwinModel {
  const { chart, model, language } = drawing;
  const { strings, formats } = language;
  const machines = chart.series.some(({ kind }) => kind === 'machine');
  const unit = unitLine(chart, strings);
  return {
    caption: `${chart.title}, ${unit}, ${periodName(view.shown, formats)}`,
    ...twinHeadings(chart, view.subject, strings),
    selectable: machines,
    selectedKey: view.selected?.subjectId,
    rows: () => dataTableRows(chart, model, language),
    sum: isLevel(chart) ? undefined : (rows) => sumOfRows(rows, chart, language),
  };
}
