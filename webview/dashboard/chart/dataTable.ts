import { tableChoice } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import { periodName, unitLine } from '../parts/speech';
import type { DataTableModel } from '../table/table';
import { isLevel } from './chartModel';
import { dataTableHeadings, dataTableRows, sumOfRows } from './dataTableRows';
import type { Drawing } from './drawing';

/** The table's view of a chart: a row for each slot that has begun and each machine, group, category or shape. */
export function dataTableOf({ chart, language }: Drawing, view: DashboardView): DataTableModel {
  const { strings, formats } = language;
  const { table } = chart;
  return {
    open: view.choices[tableChoice(chart.id)],
    caption: `${chart.title}, ${unitLine(chart, strings)}, ${periodName(view.shown, formats)}`,
    ...dataTableHeadings(chart, view.subject, strings),
    selectable: chart.series.some(({ kind }) => kind === 'machine'),
    selectedKey: view.selected?.subjectId,
    rows: table && (() => dataTableRows(chart, table, language)),
    sum: isLevel(chart) ? undefined : (rows) => sumOfRows(rows, chart, language),
  };
}
