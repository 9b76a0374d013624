import type { ChoicesChange } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import type { ChartTarget, Report, ReportId } from '../../../src/protocol/report';
import type { PageContext } from '../pageContext';
import { element } from '../parts/dom';
import { Hint } from '../parts/hint';
import { ReportCard } from './reportCard';

/** These look ahead, beside the figures of the month; the others look behind what the charts show. */
const AHEAD: ReadonlySet<ReportId> = new Set<ReportId>(['monthEnd', 'budgets']);

/** The reports, in their two places on the page. */
export class Reports {
  readonly ahead: HTMLElement;
  readonly behind: HTMLElement;
  private readonly lists = { ahead: element('ul'), behind: element('ul') };
  private readonly cards = new Map<ReportId, ReportCard>();
  private readonly hint = new Hint();
  /** Those that are open, or will be with the next view. */
  private open: readonly ReportId[] = [];

  /** `showChart` brings a chart into sight and puts the focus there. */
  constructor(
    private readonly context: PageContext,
    private readonly showChart: (chart: ChartTarget['chart']) => void,
  ) {
    const { reportsAhead, reportsBehind } = context.language.strings;
    this.ahead = section(
      'ahead',
      element('h2', { className: 'visually-hidden', text: reportsAhead }),
      this.lists.ahead,
    );
    this.behind = section('behind', element('h2', { text: reportsBehind }), this.lists.behind);
  }

  update({ reports, choices }: DashboardView): void {
    this.open = choices.reports;
    for (const id of this.cards.keys()) {
      if (!reports.some((report) => report.id === id)) {
        this.cards.delete(id);
        this.hint.hide();
      }
    }
    this.place(
      this.ahead,
      this.lists.ahead,
      reports.filter(({ id }) => AHEAD.has(id)),
    );
    this.place(
      this.behind,
      this.lists.behind,
      reports.filter(({ id }) => !AHEAD.has(id)),
    );
  }

  private place(root: HTMLElement, list: HTMLElement, reports: readonly Report[]): void {
    root.hidden = reports.length === 0;
    const cards = reports.map((report) => {
      const card = this.cards.get(report.id) ?? this.create(report.id);
      card.update(report);
      return card.root;
    });
    // Only if they changed, to keep the focus.
    if (cards.length !== list.children.length || cards.some((card, at) => list.children[at] !== card)) {
      list.replaceChildren(...cards);
    }
  }

  private create(id: ReportId): ReportCard {
    const actions = {
      toggle: (open: boolean) => {
        this.open = [...this.open.filter((own) => own !== id), ...(open ? [id] : [])];
        this.context.send({ type: 'choose', change: { reports: this.open } });
      },
      open: (target: ChartTarget) => {
        this.openChart(target);
      },
    };
    const card = new ReportCard(id, this.context, actions, this.hint);
    this.cards.set(id, card);
    return card;
  }

  private openChart({ chart, meter, subjectId }: ChartTarget): void {
    const change: ChoicesChange = chart === 'compute' ? { computeMeter: meter } : { storageMeter: meter };
    this.context.send({ type: 'choose', change });
    if (subjectId !== undefined) {
      this.context.send({ type: 'select', subjectId });
    }
    this.hint.hide();
    this.showChart(chart);
  }
}

function section(className: string, heading: HTMLElement, list: HTMLElement): HTMLElement {
  heading.id = `reports-${className}`;
  return element(
    'section',
    { className: `reports ${className}`, attributes: { 'aria-labelledby': heading.id } },
    heading,
    list,
  );
}
