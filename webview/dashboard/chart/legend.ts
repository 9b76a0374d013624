import { displayText } from '../../../src/usage/text';
import { element, name } from '../parts/dom';
import { periodName, seriesLabel, slotTime } from '../parts/speech';
import { exact, rounded } from './chartModel';
import type { Drawing } from './drawing';
import { unknownRuns } from './gaps';
import { allowancePaint, createLineSwatch, createSwatch, netPaint, previousPaint } from './paint';
import { isAnyKnown } from './stack';
import { periodOf } from './walk';

/** Which colour is which machine or shape, with the period's figure of each. A machine is a button that selects it. */
export class Legend {
  readonly root = element('ul', { className: 'legend' });

  constructor(private readonly select: (subjectId: string) => void) {}

  /** A button that has the focus keeps it. */
  update(drawing: Drawing): void {
    const focused = this.buttons().find((button) => button === document.activeElement);
    this.root.replaceChildren(...drawing.chart.series.map((_, index) => this.item(drawing, index)));
    this.buttons()
      .find((button) => focused !== undefined && button.dataset['key'] === focused.dataset['key'])
      ?.focus({ preventScroll: true });
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll('button')];
  }

  private item(drawing: Drawing, index: number): HTMLLIElement {
    const series = drawing.chart.series[index];
    if (series?.kind !== 'machine') {
      return element('li', { className: 'legend-item' }, ...contents(drawing, index));
    }
    const button = element(
      'button',
      {
        className: 'legend-item',
        attributes: {
          type: 'button',
          'aria-pressed': String(index === drawing.selected),
          'data-key': series.key,
        },
      },
      ...contents(drawing, index),
    );
    button.addEventListener('click', () => {
      this.select(series.key);
    });
    return element('li', {}, button);
  }
}

function contents({ chart, model, paints, language }: Drawing, index: number): HTMLElement[] {
  const { strings, formats } = language;
  const series = chart.series[index];
  const paint = paints[index];
  const reading = model.seriesTotals[index];
  return [
    ...(paint ? [createSwatch(paint)] : []),
    name(series ? seriesLabel(series, strings) : '', 'name'),
    element('span', {
      className: 'number',
      text: rounded(reading, chart.meter, formats, strings.unknown),
      title: exact(reading, chart.meter, formats, strings.unknown),
    }),
  ];
}

/** What the drawing's marks mean; only those that occur. */
export function legendNotes(drawing: Drawing): HTMLLIElement[] {
  const { chart, model, net, paints, theme, language } = drawing;
  const { strings } = language;
  const notes: HTMLLIElement[] = [];
  const note = (mark: Node, text: string): void => {
    notes.push(element('li', {}, mark, element('span', { text })));
  };
  if (isAnyKnown(net)) {
    note(createLineSwatch(netPaint(theme)), strings.total);
  }
  if (chart.previous) {
    note(createLineSwatch(previousPaint(theme)), displayText(chart.previous.label));
  }
  if (chart.allowance) {
    note(createLineSwatch(allowancePaint(theme)), displayText(chart.allowance.label));
  }
  const paint = paints[drawing.selected ?? 0];
  if (chart.openFrom < chart.begun && paint) {
    const mark = theme.highContrast ? element('span', { className: 'open-mark' }) : createSwatch(paint, true);
    note(mark, `${openName(drawing)}: ${strings.open}`);
  }
  if (unknownRuns(chart, model).length > 0) {
    const mark = { className: 'unknown-mark', text: '?', attributes: { 'aria-hidden': 'true' } };
    note(element('span', mark), strings.unknown);
  }
  return notes;
}

function openName({ chart, language: { formats } }: Drawing): string {
  const [first, last] = [chart.openFrom, chart.begun - 1];
  return first === last
    ? slotTime(chart, first, formats)
    : periodName(periodOf(chart, { first, last }), formats);
}
