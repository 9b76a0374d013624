import type { Chart } from '../../src/protocol/chart';
import type { DashboardView, Intent, PageMessage } from '../../src/protocol/messages';
import { ChartPanel } from './chart/chartPanel';
import { DutyPanel } from './duty/dutyPanel';
import { figureCards } from './frame/figures';
import { Header } from './frame/header';
import { Loading } from './frame/loading';
import { nothingYet, Notices, skeleton, welcome } from './frame/sections';
import { SelectionBar } from './frame/selectionBar';
import { Toolbar } from './frame/toolbar';
import type { PageContext } from './pageContext';
import { element } from './parts/dom';
import { LiveRegion } from './parts/live';
import { type Language, speakChange } from './parts/speech';
import { readTheme } from './parts/theme';
import { Tooltip } from './parts/tooltip';
import { Reports } from './reports/reports';

/** The page in one language. It draws whole views, keeping its elements from one to the next. */
export class Page {
  private readonly context: PageContext;
  private readonly header: Header;
  private readonly notices: Notices;
  private readonly figures = element('div', { className: 'figures' });
  private readonly toolbar: Toolbar;
  private readonly loading: Loading;
  private readonly selection: SelectionBar;
  private readonly charts = element('div', { className: 'charts' });
  private readonly duty: DutyPanel;
  private readonly reports: Reports;
  private readonly controls: HTMLElement;
  private readonly instead = element('div', { className: 'instead' });
  private readonly panels = new Map<Chart['id'], ChartPanel>();
  private readonly welcome: HTMLElement;
  private readonly nothingYet: HTMLElement;
  private readonly skeleton = skeleton();
  private shownFigures = '';
  private view: DashboardView | undefined;

  constructor(root: HTMLElement, language: Language, send: (message: PageMessage) => void) {
    const act = (intent: Intent): void => {
      send({ type: 'act', intent });
    };
    this.context = { language, live: new LiveRegion(root), tooltip: new Tooltip(), send };
    this.header = new Header(this.context);
    this.notices = new Notices(act);
    this.toolbar = new Toolbar(this.context);
    this.loading = new Loading(this.context);
    this.selection = new SelectionBar(this.context);
    this.duty = new DutyPanel(this.context);
    this.welcome = welcome(language.strings, act);
    this.nothingYet = nothingYet(language.strings);
    this.reports = new Reports(this.context, (chart) => this.panels.get(chart)?.reveal());
    this.controls = element(
      'div',
      { className: 'controls-band' },
      this.toolbar.root,
      element('div', { className: 'strip' }, this.selection.root, this.loading.root),
    );
    const main = element(
      'main',
      {},
      ...[this.header.root, this.notices.root, this.instead, this.figures, this.reports.ahead],
      ...[this.controls, this.charts, this.duty.root, this.reports.behind],
    );
    root.prepend(main);
    this.awaitView();
    this.clearSelectionOnEscape();
  }

  show(view: DashboardView): void {
    const before = this.view;
    this.view = view;
    const drawn = view.charts.length > 0;
    this.header.update(view);
    this.notices.update(view.notices);
    this.instead.replaceChildren(...this.standIn(view));
    this.updateFigures(view);
    this.controls.hidden = !drawn;
    this.duty.root.hidden = !drawn || !view.hasDuty;
    this.toolbar.update(view);
    this.loading.update(view);
    this.selection.update(view);
    this.draw(view);
    this.reports.update(view);
    this.context.live.speak(speakChange(before, view, this.context.language));
  }

  /** Draws the same view again, after the theme changed. */
  repaint(): void {
    if (this.view) {
      this.draw(this.view);
    }
  }

  /** Shows a skeleton, since nothing is known yet. */
  private awaitView(): void {
    const { ahead, behind } = this.reports;
    for (const part of [this.header.root, this.controls, this.duty.root, ahead, behind]) {
      part.hidden = true;
    }
    this.instead.append(this.skeleton);
  }

  /** Rebuilt only when something changed, so that what a person is reading there, or selecting, stays. */
  private updateFigures({ figures }: DashboardView): void {
    const next = JSON.stringify(figures);
    if (next !== this.shownFigures) {
      this.shownFigures = next;
      this.figures.replaceChildren(...figureCards(figures));
    }
  }

  private standIn(view: DashboardView): HTMLElement[] {
    if (!view.account) {
      return [this.welcome];
    }
    if (view.charts.length > 0) {
      return [];
    }
    if (view.refreshing) {
      return [this.skeleton];
    }
    // A failure has its notice; "nothing yet" beside it would be one sentence too many.
    return view.notices.some((notice) => notice.severity === 'error') ? [] : [this.nothingYet];
  }

  private draw(view: DashboardView): void {
    const theme = readTheme();
    const ids = new Set(view.charts.map((chart) => chart.id));
    for (const [id, panel] of this.panels) {
      if (!ids.has(id)) {
        panel.dispose();
        this.panels.delete(id);
      }
    }
    view.charts.forEach((chart, index) => {
      let panel = this.panels.get(chart.id);
      if (!panel) {
        panel = new ChartPanel(this.context);
        this.panels.set(chart.id, panel);
      }
      // Insert before drawing, since Chart.js measures the place; and only if missing, to keep the focus.
      if (this.charts.children[index] !== panel.root) {
        this.charts.insertBefore(panel.root, this.charts.children[index] ?? null);
      }
      panel.update(chart, view, theme);
    });
    this.duty.update(view, theme);
  }

  /** If Escape has another meaning, in a field, a menu or a chart, that one comes first. */
  private clearSelectionOnEscape(): void {
    document.addEventListener('keydown', (event) => {
      const elsewhere =
        event.target instanceof Element && event.target.closest('input, select, [role="application"]');
      if (event.key === 'Escape' && !event.defaultPrevented && !elsewhere && this.view?.selected) {
        this.context.send({ type: 'select', subjectId: null });
      }
    });
  }
}
