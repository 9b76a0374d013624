import type { Chart, DashboardView, PageMessage } from '../../src/protocol/messages';
import { ChartPanel, type Surroundings } from './chartPanel';
import { element } from './dom';
import { Header } from './header';
import { LiveRegion } from './live';
import { Notices, figureCards, nothingYet, skeleton, welcome } from './sections';
import { type Language, speakChange } from './speech';
import { readTheme } from './theme';
import { Tooltip } from './tooltip';

/** The page in one language. It draws whole views, keeping its elements from one to the next. */
export class Page {
  private readonly header: Header;
  private readonly notices: Notices;
  private readonly figures = element('dl', { className: 'figures' });
  private readonly charts = element('div', { className: 'charts' });
  private readonly instead = element('div', { className: 'instead' });
  private readonly surroundings: Surroundings;
  private readonly panels = new Map<Chart['id'], ChartPanel>();
  private readonly welcome: HTMLElement;
  private readonly nothingYet: HTMLElement;
  private readonly skeleton = skeleton();
  private view: DashboardView | undefined;

  constructor(root: HTMLElement, language: Language, send: (message: PageMessage) => void) {
    const act = (intent: Extract<PageMessage, { type: 'act' }>['intent']): void => {
      send({ type: 'act', intent });
    };
    this.header = new Header(language, send);
    this.notices = new Notices(act);
    this.welcome = welcome(language.strings, act);
    this.nothingYet = nothingYet(language.strings);
    const main = element(
      'main',
      {},
      this.header.root,
      this.notices.root,
      this.instead,
      this.figures,
      this.charts,
    );
    root.replaceChildren(main);
    this.surroundings = { language, live: new LiveRegion(root), tooltip: new Tooltip() };
  }

  show(view: DashboardView): void {
    const before = this.view;
    this.view = view;
    this.header.update(view);
    this.notices.update(view.notices);
    this.instead.replaceChildren(...this.standIn(view));
    this.figures.replaceChildren(...figureCards(view.figures));
    this.drawCharts(view);
    this.surroundings.live.speak(speakChange(before, view, this.surroundings.language));
  }

  /** Draws the same view again, after the theme changed. */
  repaint(): void {
    if (this.view) {
      this.drawCharts(this.view);
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

  private drawCharts(view: DashboardView): void {
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
        panel = new ChartPanel(this.surroundings);
        this.panels.set(chart.id, panel);
      }
      // Before it draws, since Chart.js measures the place; and only if it is not there, to keep the focus.
      if (this.charts.children[index] !== panel.root) {
        this.charts.insertBefore(panel.root, this.charts.children[index] ?? null);
      }
      panel.update(chart, view.month, theme);
    });
  }
}
