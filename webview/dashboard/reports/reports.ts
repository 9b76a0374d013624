import type { ChoicesChange } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import type { ChartTarget, ReportId } from '../../../src/protocol/report';
import type { PageContext } from '../pageContext';
import { element } from '../parts/dom';
import type { Hint } from '../parts/hint';
import { Roving } from '../parts/roving';
import { ReportCard } from './reportCard';

/**
 * The answers to questions about the account's usage: a line of a few words each, and below it what stands behind those that
 * are open. The line is one stop of the Tab key.
 */
export class Reports {
  readonly root: HTMLElement;
  private readonly line = element('ul', { className: 'answers' });
  private readonly bodies = element('div', { className: 'report-bodies' });
  private readonly cards = new Map<ReportId, ReportCard>();
  private readonly roving = new Roving(this.line, 'button');
  /** Those that are open, or will be with the next view. */
  private open: readonly ReportId[] = [];

  /** `showChart` brings a chart into sight and puts the focus there. */
  constructor(
    private readonly context: PageContext,
    private readonly hint: Hint,
    private readonly showChart: (chart: ChartTarget['chart']) => void,
  ) {
    const heading = element('h2', {
      className: 'visually-hidden',
      text: context.language.strings.answers,
      attributes: { id: 'answers' },
    });
    this.root = element(
      'section',
      { className: 'reports', attributes: { 'aria-labelledby': heading.id } },
      heading,
      this.line,
      this.bodies,
    );
  }

  update({ reports, choices }: DashboardView): void {
    this.open = choices.reports;
    for (const id of this.cards.keys()) {
      if (!reports.some((report) => report.id === id)) {
        this.cards.delete(id);
        this.hint.hide();
      }
    }
    this.root.hidden = reports.length === 0;
    const cards = reports.map((report) => {
      const card = this.cards.get(report.id) ?? this.create(report.id);
      card.update(report);
      return card;
    });
    place(
      this.line,
      cards.map(({ answer }) => answer),
    );
    place(
      this.bodies,
      cards.map(({ root }) => root),
    );
    this.roving.update();
  }

  /** Opens a report that may be closed, and brings it into sight once it is there. */
  reveal(id: ReportId): void {
    if (!this.open.includes(id)) {
      this.toggle(id, true);
    }
    this.cards.get(id)?.answer.scrollIntoView({ block: 'nearest' });
  }

  /** Shows a meter in its chart, with a subject selected if there is one. */
  showMeter({ chart, meter, subjectId }: ChartTarget): void {
    const change: ChoicesChange = chart === 'compute' ? { computeMeter: meter } : { storageMeter: meter };
    this.context.send({ type: 'choose', change });
    if (subjectId !== undefined) {
      this.context.send({ type: 'select', subjectId });
    }
    this.hint.hide();
    this.showChart(chart);
  }

  private toggle(id: ReportId, open: boolean): void {
    this.open = [...this.open.filter((own) => own !== id), ...(open ? [id] : [])];
    this.context.send({ type: 'choose', change: { reports: this.open } });
  }

  private create(id: ReportId): ReportCard {
    const actions = {
      toggle: (open: boolean) => {
        this.toggle(id, open);
      },
      open: (target: ChartTarget) => {
        this.showMeter(target);
      },
    };
    const card = new ReportCard(id, this.context, actions, this.hint);
    this.cards.set(id, card);
    return card;
  }
}

/** Only if they changed, to keep the focus. */
function place(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const isSame =
    children.length === parent.children.length &&
    children.every((child, at) => parent.children[at] === child);
  if (!isSame) {
    parent.replaceChildren(...children);
  }
}
