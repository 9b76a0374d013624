import type { Chart } from '../../src/protocol/messages';
import { type ChartModel, axisDays, createChartModel, exact, rounded } from './chartModel';
import { type Drawing, UsageBars } from './charts';
import { element, hiddenText } from './dom';
import { legendItems, legendNotes } from './legend';
import type { LiveRegion } from './live';
import { createSwatch, seriesPaints } from './paint';
import { type Language, dayName, seriesLabel, speakDay, summarise, totalName, unitLine } from './speech';
import { createTable } from './table';
import type { Theme } from './theme';
import type { Tooltip, TooltipLine } from './tooltip';

/** What a panel shares with the other ones. */
export interface Surroundings {
  readonly language: Language;
  readonly live: LiveRegion;
  readonly tooltip: Tooltip;
}

let panels = 0;

/** One chart with its heading, legend and table. It is kept from view to view, with its focus and its open table. */
export class ChartPanel {
  readonly root: HTMLElement;
  private readonly title = element('h2');
  private readonly unit = element('span', { className: 'unit' });
  private readonly total = element('p', { className: 'chart-total' });
  private readonly canvas = element('canvas', { attributes: { role: 'img' } });
  private readonly band = element('div', { className: 'band' });
  private readonly plot: HTMLDivElement;
  private readonly legend = element('ul', { className: 'legend' });
  private readonly notes = element('ul', { className: 'legend-notes' });
  private readonly tableFrame = element('div', {
    className: 'table-frame',
    attributes: { tabindex: '0', role: 'region' },
  });
  private readonly table: HTMLDetailsElement;
  private readonly empty = element('p', { className: 'chart-empty' });
  private bars: UsageBars | undefined;
  private drawing: Drawing | undefined;
  private day: number | undefined;

  constructor(private readonly surroundings: Surroundings) {
    const { strings } = surroundings.language;
    const id = `chart-${panels++}`;
    this.title.id = id;
    const keys = hiddenText(strings.chartKeys);
    keys.id = `${id}-keys`;
    this.plot = element(
      'div',
      {
        className: 'plot',
        // An application receives the arrow keys, which a screen reader would otherwise keep for itself.
        attributes: {
          tabindex: '0',
          role: 'application',
          'aria-labelledby': id,
          'aria-describedby': keys.id,
        },
      },
      this.band,
      this.canvas,
      keys,
    );
    this.table = element('details', {}, element('summary', { text: strings.showTable }), this.tableFrame);
    this.root = element(
      'section',
      { className: 'chart', attributes: { 'aria-labelledby': id } },
      element('div', { className: 'chart-head' }, this.title, this.unit, this.total),
      this.empty,
      this.plot,
      this.legend,
      this.notes,
      this.table,
    );
    this.band.hidden = true;
    this.listen();
  }

  update(chart: Chart, month: number, theme: Theme): void {
    const { language } = this.surroundings;
    const { strings, formats } = language;
    const model = createChartModel(chart);
    const paints = seriesPaints(chart.series, theme);
    const nothing = chart.empty ?? (chart.series.length === 0 ? strings.noUsage : undefined);
    this.drawing = { chart, model, axis: axisDays(chart.days, month), paints, theme, language };
    this.leaveDay();
    this.title.textContent = chart.title;
    this.unit.textContent = unitLine(chart, strings);
    this.empty.textContent = nothing ?? '';
    this.empty.hidden = nothing === undefined;
    for (const part of [this.plot, this.legend, this.notes, this.table, this.total]) {
      part.hidden = nothing !== undefined;
    }
    if (nothing !== undefined) {
      return;
    }
    this.total.replaceChildren(
      element('span', { className: 'quiet', text: totalName(chart, strings) }),
      element('span', {
        className: 'number',
        text: rounded(model.total, chart.meter, formats, strings.unknown),
        title: exact(model.total, chart.meter, formats, strings.unknown),
      }),
    );
    this.canvas.setAttribute('aria-label', summarise(chart, model, month, language));
    this.legend.replaceChildren(...legendItems(chart, model, paints, language));
    this.notes.replaceChildren(...legendNotes(chart, model, paints, theme.highContrast, language));
    this.tableFrame.setAttribute('aria-label', `${chart.title}, ${unitLine(chart, strings)}`);
    this.tableFrame.replaceChildren(createTable(chart, model, month, language));
    this.draw(this.drawing);
  }

  dispose(): void {
    this.leaveDay();
    this.bars?.dispose();
    this.root.remove();
  }

  private draw(drawing: Drawing): void {
    if (this.bars) {
      this.bars.draw(drawing);
    } else {
      this.bars = new UsageBars(this.canvas, drawing, () => {
        this.leaveDay();
      });
    }
  }

  private listen(): void {
    this.plot.addEventListener('pointermove', (event) => {
      this.goTo(this.bars?.dayAt(event.clientX - this.canvas.getBoundingClientRect().left));
    });
    this.plot.addEventListener('pointerleave', () => {
      this.leaveDay();
    });
    this.plot.addEventListener('blur', () => {
      this.leaveDay();
    });
    this.plot.addEventListener('keydown', (event) => {
      if (this.drawing && !event.altKey && !event.ctrlKey && !event.metaKey) {
        this.press(event, this.drawing);
      }
    });
  }

  private press(event: KeyboardEvent, { chart, model }: Drawing): void {
    const last = model.dayTotals.length - 1;
    const next = {
      ArrowRight: Math.min(last, (this.day ?? -1) + 1),
      ArrowLeft: Math.max(0, (this.day ?? last + 1) - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape') {
      this.leaveDay();
    } else if (next !== undefined && last >= 0) {
      event.preventDefault();
      this.goTo(next);
      this.surroundings.live.speak(speakDay(chart, model, next, this.surroundings.language));
    }
  }

  private goTo(day: number | undefined): void {
    if (day === undefined || !this.drawing || !this.bars) {
      this.leaveDay();
      return;
    }
    if (day === this.day) {
      return;
    }
    this.day = day;
    const column = this.bars.column(day);
    this.band.hidden = false;
    this.band.style.left = `${column.left}px`;
    this.band.style.width = `${column.width}px`;
    this.band.style.top = `${column.top}px`;
    this.band.style.height = `${column.height}px`;
    const heading = dayName(this.drawing.chart, day, this.drawing.language);
    this.surroundings.tooltip.show(this.plot, column, heading, tooltipLines(this.drawing, day));
  }

  private leaveDay(): void {
    if (this.day !== undefined) {
      this.day = undefined;
      this.band.hidden = true;
      this.surroundings.tooltip.hide();
    }
  }
}

function tooltipLines({ chart, model, paints, language }: Drawing, day: number): TooltipLine[] {
  const { strings, formats } = language;
  const line = (label: string, reading: ChartModel['total'], mark?: Node): TooltipLine => ({
    mark,
    label,
    rounded: rounded(reading, chart.meter, formats, strings.unknown),
    exact: reading ? exact(reading, chart.meter, formats, strings.unknown) : '',
    strong: mark === undefined,
  });
  const lines = chart.series.map((series, index) => {
    const amount = model.cells[index]?.[day];
    const paint = paints[index];
    const reading = amount === undefined ? undefined : { amount, whole: true };
    return line(seriesLabel(series, strings), reading, paint && createSwatch(paint, day === chart.openDay));
  });
  return [...lines, line(strings.total, model.dayTotals[day])];
}
