import type { PageContext } from '../pageContext';
import { element, icon } from '../parts/dom';
import { totalName, unitLine } from '../parts/speech';
import { exact, exactAverage, rounded, roundedAverage } from './chartModel';
import type { Drawing } from './drawing';
import { MeterChoice } from './meterChoice';

/** The part above a chart: title, figures, choice of meter, and the button for a picture. */
export class ChartHead {
  readonly root: HTMLElement;
  readonly title = element('h2');
  private readonly unit = element('span', { className: 'unit' });
  private readonly figures = element('dl', { className: 'chart-figures' });
  private readonly controls = element('div', { className: 'chart-controls' });
  private readonly picture: HTMLButtonElement;
  private readonly meters: MeterChoice;

  constructor(context: PageContext, savePicture: () => void) {
    const { savePicture: text, zoomHint } = context.language.strings;
    this.title.title = zoomHint;
    this.picture = element(
      'button',
      { className: 'icon-button', title: text, attributes: { type: 'button', 'aria-label': text } },
      icon('picture'),
    );
    this.picture.addEventListener('click', savePicture);
    this.meters = new MeterChoice(context);
    this.controls.append(this.meters.root, this.picture);
    this.root = element(
      'div',
      { className: 'chart-head' },
      this.title,
      this.unit,
      this.controls,
      this.figures,
    );
  }

  /** `shown` is false while a sentence stands in place of the chart. */
  update(drawing: Drawing, shown: boolean): void {
    const { chart, language } = drawing;
    this.title.textContent = chart.title;
    this.unit.textContent = unitLine(chart, language.strings);
    this.picture.hidden = !shown;
    this.figures.hidden = !shown;
    this.figures.replaceChildren(...figures(drawing));
    this.meters.update(chart);
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
