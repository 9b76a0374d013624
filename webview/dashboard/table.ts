import type { Chart } from '../../src/protocol/messages';
import type { Amount } from '../../src/usage/amount';
import { inDisplayUnit } from '../../src/usage/format';
import { type ChartModel, exact, mark } from './chartModel';
import { element, hiddenText } from './dom';
import { type Language, dayLabel, seriesLabel, totalName, unitLine } from './speech';

/**
 * The chart's twin: one row a day, one column a series, and the totals. A cell shows the rounded figure; its exact
 * one, in the vendor's unit, is its title and what a screen reader reads.
 */
export function createTable(
  chart: Chart,
  model: ChartModel,
  month: number,
  language: Language,
): HTMLTableElement {
  const { strings, formats } = language;
  const caption = `${chart.title}, ${unitLine(chart, strings)}, ${formats.month(month)}`;
  const cell = figureCells(chart, language);
  const head = element(
    'tr',
    {},
    columnHead(strings.day, 'day'),
    ...chart.series.map((series) => columnHead(seriesLabel(series, strings), 'number')),
    columnHead(strings.total, 'number total'),
  );
  const rows = model.dayTotals.map((dayTotal, day) =>
    element(
      'tr',
      day === chart.openDay ? { className: 'open' } : {},
      rowHead(dayLabel(chart, day, language)),
      ...model.cells.map((row) => cell(known(row[day]))),
      cell(dayTotal, 'total'),
    ),
  );
  const foot = element(
    'tr',
    {},
    rowHead(totalName(chart, strings)),
    ...model.seriesTotals.map((reading) => cell(reading)),
    cell(model.total, 'total'),
  );
  return element(
    'table',
    { className: 'twin' },
    element('caption', { text: caption }),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
    element('tfoot', {}, foot),
  );
}

function known(amount: Amount | undefined): ChartModel['total'] {
  return amount === undefined ? undefined : { amount, whole: true };
}

function columnHead(text: string, className: string): HTMLTableCellElement {
  return element('th', { className, title: text, attributes: { scope: 'col' } }, element('bdi', { text }));
}

function rowHead(text: string): HTMLTableCellElement {
  return element('th', { className: 'day', text, attributes: { scope: 'row' } });
}

function figureCells(
  chart: Chart,
  { formats, strings }: Language,
): (reading: ChartModel['total'], className?: string) => HTMLTableCellElement {
  return (reading, className = '') => {
    const full = exact(reading, chart.meter, formats, strings.unknown);
    const shown = reading ? mark(reading) + formats.cell(inDisplayUnit(reading.amount, chart.meter)) : '?';
    return element(
      'td',
      { className: `number ${className}`.trim(), title: full },
      element('span', { text: shown, attributes: { 'aria-hidden': 'true' } }),
      hiddenText(full),
    );
  };
}
