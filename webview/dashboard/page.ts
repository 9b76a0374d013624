import type { Chart } from '../../src/protocol/chart';
import type { DashboardView, Intent, PageMessage } from '../../src/protocol/messages';
import { ChartPanel } from './chart/chartPanel';
import { DutyPanel } from './duty/dutyPanel';
import { Header } from './frame/header';
import { Loading } from './frame/loading';
import { nothingYet, Notices, skeleton, welcome } from './frame/sections';
import { SelectionBar } from './frame/selectionBar';
import { type TileActions, Tiles } from './frame/tiles';
import { Toolbar } from './frame/toolbar';
import { Overview } from './overview/overview';
import type { PageContext } from './pageContext';
import { button } from './parts/controls';
import { element } from './parts/dom';
import { Hint } from './parts/hint';
import { LiveRegion } from './parts/live';
import { type Language, speakChange } from './parts/speech';
import { readTheme } from './parts/theme';
import { Tooltip } from './parts/tooltip';
import { Reports } from './reports/reports';
import type { TableMemory } from './table/tableMemory';

/** The page in one language. It draws whole views, keeping its elements from one to the next. */
export class Page {
  private readonly context: PageContext;
  private readonly header: Header;
  private readonly notices: Notices;
  private readonly tiles: Tiles;
  private readonly toolbar: Toolbar;
  private readonly loading: Loading;
  private readonly selection: SelectionBar;
  private readonly charts = element('div', { className: 'charts' });
  private readonly duty: DutyPanel;
  private readonly reports: Reports;
  private readonly band: HTMLElement;
  private readonly strip: HTMLElement;
  private readonly overview: Overview;
  private readonly instead = element('div', { className: 'instead' });
  private readonly panels = new Map<Chart['id'], ChartPanel>();
  private readonly welcome: HTMLElement;
  private readonly nothingYet: HTMLElement;
  private readonly skeleton = skeleton();
  private view: DashboardView | undefined;

  constructor(
    root: HTMLElement,
    language: Language,
    send: (message: PageMessage) => void,
    tables: TableMemory,
  ) {
    const act = (intent: Intent): void => {
      send({ type: 'act', intent });
    };
    this.context = { language, live: new LiveRegion(root), tooltip: new Tooltip(), send, tables };
    this.header = new Header(this.context);
    this.notices = new Notices(act);
    this.overview = new Overview(this.context, () => {
      this.header.focus();
    });
    this.toolbar = new Toolbar(this.context);
    this.loading = new Loading(this.context);
    this.selection = new SelectionBar(this.context);
    this.duty = new DutyPanel(this.context);
    this.welcome = welcome(language.strings, act);
    this.nothingYet = nothingYet(language.strings);
    const hint = new Hint();
    this.reports = new Reports(this.context, hint, (chart) => this.panels.get(chart)?.reveal());
    this.tiles = new Tiles(this.context, this.tileActions(), hint);
    this.band = element('div', { className: 'band-top' }, this.notices.root, this.toolbar.root);
    this.strip = element('div', { className: 'strip' }, this.selection.root, this.loading.root);
    root.prepend(
      this.skipLink(),
      element(
        'main',
        {},
        ...[this.header.root, this.overview.root, this.tiles.root, this.band, this.instead],
        ...[this.charts, this.duty.root, this.strip],
      ),
    );
    this.awaitView();
    this.clearSelectionOnEscape();
  }

  show(view: DashboardView): void {
    const before = this.view;
    this.view = view;
    const drawn = view.charts.length > 0;
    this.header.update(view);
    this.notices.update(view.notices);
    this.overview.update(view);
    this.instead.replaceChildren(...this.standIn(view));
    this.tiles.update(view);
    this.toolbar.root.hidden = !drawn;
    this.duty.root.hidden = !drawn || !view.hasDuty;
    this.toolbar.update(view);
    this.loading.update(view);
    this.selection.update(view);
    this.strip.hidden = !view.loading && !view.selected;
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
    const { header, overview, tiles, toolbar, duty, reports } = this;
    for (const part of [
      header.root,
      overview.root,
      tiles.root,
      toolbar.root,
      duty.root,
      reports.root,
      this.strip,
    ]) {
      part.hidden = true;
    }
    this.instead.append(this.skeleton);
  }

  /** Leads past header, tiles and toolbar to the first chart. */
  private skipLink(): HTMLElement {
    return button(this.context.language.strings.skipToChart, 'skip-link', () => {
      [...this.panels.values()][0]?.reveal();
    });
  }

  private tileActions(): TileActions {
    return {
      show: (opens) => {
        if (opens.chart === 'compute') {
          this.context.send({ type: 'choose', change: { computeMeter: opens.meter } });
        } else {
          this.reports.showMeter(opens);
        }
      },
      details: () => {
        this.reports.reveal('figures');
      },
    };
  }

  private standIn(view: DashboardView): HTMLElement[] {
    if (!view.account) {
      return [this.welcome];
    }
    if (view.overview || view.charts.length > 0) {
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
    // The answers follow the first chart.
    const answersAt = Math.min(1, view.charts.length);
    if (this.charts.children[answersAt] !== this.reports.root) {
      this.charts.insertBefore(this.reports.root, this.charts.children[answersAt] ?? null);
    }
    view.charts.forEach((chart, at) => {
      const index = at < answersAt ? at : at + 1;
      let panel = this.panels.get(chart.id);
      if (!panel) {
        panel = new ChartPanel(this.context, chart.id);
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
