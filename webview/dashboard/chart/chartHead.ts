import type { Chart } from '../../../src/protocol/chart';
import type { DashboardView, Figure } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element } from '../parts/dom';
import { begunName, totalName, unitLine } from '../parts/speech';
import { exact, exactAverage, rounded, roundedAverage } from './chartModel';
import type { Drawing } from './drawing';
import { MeterChoice } from './meterChoice';

/** The part above a chart: title, unit and dates, figures, choice of meter. */
export class ChartHead {
  readonly root: HTMLElement;
  readonly title = element('h2');
  private readonly unit = element('span', { className: 'unit' });
  private readonly dates = element('span', { className: 'dates' });
  private readonly figures = element('dl', { className: 'chart-figures' });
  private readonly meters: MeterChoice;

  constructor(context: PageContext) {
    this.title.title = context.language.strings.zoomHint;
    this.meters = new MeterChoice(context);
    this.root = element(
      'div',
      { className: 'chart-head' },
      this.title,
      this.unit,
      this.dates,
      this.figures,
      this.meters.root,
    );
  }

  /** `shown` is false while a sentence stands in place of the chart. */
  update(drawing: Drawing, { figures: tiles, shown: period }: DashboardView, shown: boolean): void {
    const { chart, language } = drawing;
    this.title.textContent = chart.title;
    this.unit.textContent = unitLine(chart, language.strings);
    this.unit.title = chart.source;
    this.dates.textContent = begunName(chart, period, language.formats);
    this.figures.hidden = !shown;
    this.figures.replaceChildren(...figures(drawing), ...levels(chart, tiles));
    this.meters.update(chart, tiles);
  }
}

/** The total or the newest level, and the mean; the exact figure of each is its title. */
function figures({ chart, model, language: { strings, formats } }: Drawing): HTMLElement[] {
  const { meter } = chart;
  const figure = (label: string, text: string, title: string): HTMLElement =>
    element('div', {}, element('dt', { text: label }), element('dd', { className: 'number', text, title }));
  const total = figure(
    totalName(chart, strings),
    rounded(model.total, meter, formats, strings.unknown),
    exact(model.total, meter, formats, strings.unknown),
  );
  const { average } = model;
  return average === undefined
    ? [total]
    : [
        total,
        figure(
          strings.average,
          roundedAverage(average, meter, formats),
          exactAverage(average, meter, formats),
        ),
      ];
}

/** In the chart of storage, the account's level: what is provisioned now. What the plan includes is a line in the plot. */
function levels({ id }: Chart, figures: readonly Figure[]): HTMLElement[] {
  return figures.flatMap(({ label, lines: [first] }) =>
    id === 'storage' && first?.kind === 'level'
      ? [
          element(
            'div',
            { title: `${displayText(first.label)}\n${displayText(first.provenance)}` },
            element('dt', { text: displayText(label) }),
            element('dd', { className: 'number', text: displayText(first.value) }),
          ),
        ]
      : [],
  );
}
