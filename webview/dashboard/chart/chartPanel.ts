import type { Chart } from '../../../src/protocol/chart';
import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { named } from '../parts/controls';
import { element, icon } from '../parts/dom';
import { prefersStillness, type Theme } from '../parts/theme';
import { DataTable } from '../table/table';
import { ChartHead } from './chartHead';
import { pictureOf } from './chartPicture';
import { ChartPlot } from './chartPlot';
import { dataTableOf } from './dataTable';
import { createDrawing, type Drawing } from './drawing';
import { Legend, legendNotes } from './legend';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

let panels = 0;

/** One chart with its heading, legend and table. It is kept from view to view, with its focus and its open table. */
export class ChartPanel {
  readonly root: HTMLElement;
  private readonly head: ChartHead;
  private readonly plot: ChartPlot;
  private readonly legend: Legend;
  private readonly marks = element('ul', { className: 'legend-notes' });
  private readonly notes = element('ul', { className: 'chart-notes' });
  private readonly table: DataTable;
  private readonly foot: HTMLElement;
  private readonly empty = element('p', { className: 'chart-empty' });
  private shown: { readonly drawing: Drawing; readonly view: DashboardView } | undefined;

  constructor(
    private readonly context: PageContext,
    of: Chart['id'],
  ) {
    const id = `chart-${panels++}`;
    this.head = new ChartHead(context);
    this.head.title.id = id;
    this.plot = new ChartPlot(context, id);
    this.legend = new Legend((key) => {
      const subjectId = key === this.shown?.view.selected?.subjectId ? null : key;
      context.send({ type: 'select', subjectId });
    });
    this.table = new DataTable(context, of);
    this.foot = element('div', { className: 'chart-foot' }, this.table.root, this.pictureButton());
    this.root = element(
      'section',
      { className: 'chart', attributes: { 'aria-labelledby': id } },
      this.head.root,
      this.empty,
      this.plot.root,
      this.legend.root,
      this.marks,
      this.notes,
      this.foot,
    );
  }

  update(chart: Chart, view: DashboardView, theme: Theme): void {
    const { language } = this.context;
    const drawing = createDrawing(chart, view, theme, language);
    const nothing = chart.empty ?? (chart.series.length === 0 ? language.strings.noUsage : undefined);
    this.shown = { drawing, view };
    this.head.update(drawing, view, nothing === undefined);
    this.notes.replaceChildren(
      ...chart.notes.map((note) => element('li', { text: displayText(note, TEXT_LIMIT) })),
    );
    this.empty.textContent = nothing === undefined ? '' : displayText(nothing, TEXT_LIMIT);
    this.empty.hidden = nothing === undefined;
    for (const part of [this.plot.root, this.legend.root, this.marks, this.foot]) {
      part.hidden = nothing !== undefined;
    }
    if (nothing !== undefined) {
      this.plot.leave();
      return;
    }
    this.legend.root.title = language.strings.subjects[view.subject].selectHint;
    this.legend.update(drawing);
    this.marks.replaceChildren(...legendNotes(drawing));
    this.table.update(dataTableOf(drawing, view));
    this.plot.update(drawing, view);
  }

  /** Scrolls it into view, and focuses its plot to read the slots. */
  reveal(): void {
    this.root.scrollIntoView({ behavior: prefersStillness() ? 'auto' : 'smooth', block: 'nearest' });
    this.plot.root.focus({ preventScroll: true });
  }

  dispose(): void {
    this.plot.dispose();
    this.root.remove();
  }

  private pictureButton(): HTMLButtonElement {
    const { savePicture } = this.context.language.strings;
    const made = named(
      savePicture,
      element('button', { className: 'icon-button', attributes: { type: 'button' } }),
    );
    made.append(icon('picture'));
    made.addEventListener('click', () => {
      void this.savePicture();
    });
    return made;
  }

  private async savePicture(): Promise<void> {
    const canvas = this.plot.picture();
    if (!canvas || !this.shown) {
      return;
    }
    const { drawing, view } = this.shown;
    const png = await pictureOf(canvas, drawing, view);
    this.context.send({ type: 'savePicture', of: drawing.chart.id, png });
  }
}
