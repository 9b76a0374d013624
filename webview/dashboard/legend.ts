import type { Chart } from '../../src/protocol/messages';
import { type ChartModel, exact, rounded } from './chartModel';
import { element, name } from './dom';
import { type SeriesPaint, createSwatch } from './paint';
import { type Language, seriesLabel } from './speech';

/** Which colour is which machine, with the month's figure of each. */
export function legendItems(
  chart: Chart,
  model: ChartModel,
  paints: readonly SeriesPaint[],
  { strings, formats }: Language,
): HTMLLIElement[] {
  return chart.series.map((series, index) => {
    const paint = paints[index];
    const reading = model.seriesTotals[index];
    return element(
      'li',
      {},
      ...(paint ? [createSwatch(paint)] : []),
      name(seriesLabel(series, strings), 'name'),
      element('span', {
        className: 'number',
        text: rounded(reading, chart.meter, formats, strings.unknown),
        title: exact(reading, chart.meter, formats, strings.unknown),
      }),
    );
  });
}

/** What the drawing's marks mean; only those that occur. */
export function legendNotes(
  chart: Chart,
  model: ChartModel,
  paints: readonly SeriesPaint[],
  highContrast: boolean,
  { strings, formats }: Language,
): HTMLLIElement[] {
  const notes: HTMLLIElement[] = [];
  const openDay = chart.openDay === undefined ? undefined : chart.days[chart.openDay];
  const [paint] = paints;
  if (openDay !== undefined && paint) {
    const mark = highContrast ? element('span', { className: 'open-mark' }) : createSwatch(paint, true);
    notes.push(
      element('li', {}, mark, element('span', { text: `${formats.day(openDay)}: ${strings.openDay}` })),
    );
  }
  if (model.dayTotals.some((reading, day) => day !== chart.openDay && !reading?.whole)) {
    const mark = element('span', {
      className: 'unknown-mark',
      text: '?',
      attributes: { 'aria-hidden': 'true' },
    });
    notes.push(element('li', {}, mark, element('span', { text: strings.unknown })));
  }
  return notes;
}
