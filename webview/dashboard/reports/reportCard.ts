import type { ChartTarget, Report } from '../../../src/protocol/report';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element, icon, isMarked } from '../parts/dom';
import type { Hint } from '../parts/hint';
import { ReportBodyView } from './reportBody';
import { toneMark } from './toneMark';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

export interface CardActions {
  readonly toggle: (open: boolean) => void;
  readonly open: (target: ChartTarget) => void;
}

/** A question with its answer in one line, which opens to more. It is kept from view to view. */
export class ReportCard {
  readonly root: HTMLElement;
  private readonly title = element('span');
  private readonly button: HTMLButtonElement;
  private readonly answer = element('p', { className: 'report-summary' });
  private readonly frame: HTMLElement;
  private body: ReportBodyView | undefined;
  private shown = '';

  constructor(
    id: Report['id'],
    private readonly context: PageContext,
    private readonly actions: CardActions,
    private readonly hint: Hint,
  ) {
    this.frame = element('div', { className: 'report-body', attributes: { id: `report-${id}` } });
    this.button = element(
      'button',
      { className: 'report-toggle', attributes: { type: 'button', 'aria-controls': this.frame.id } },
      icon('chevron'),
      this.title,
    );
    const head = element('div', { className: 'report-head' }, element('h3', {}, this.button), this.answer);
    // The whole line opens it, except where somebody marks the answer to copy it.
    head.addEventListener('click', ({ target }) => {
      if (this.button.contains(target as Node) || !isMarked(this.answer)) {
        actions.toggle(this.body === undefined);
      }
    });
    this.root = element('li', { className: 'report' }, head, this.frame);
  }

  update(report: Report): void {
    const next = JSON.stringify(report);
    if (next !== this.shown) {
      this.shown = next;
      this.draw(report);
    }
  }

  private draw({ title, summary, tone, body }: Report): void {
    this.title.textContent = displayText(title);
    this.answer.replaceChildren(
      toneMark(tone, this.context.language.strings),
      element('span', { text: displayText(summary, TEXT_LIMIT) }),
    );
    this.button.setAttribute('aria-expanded', String(body !== undefined));
    this.frame.hidden = body === undefined;
    if (body === undefined) {
      this.close();
    } else {
      this.body ??= this.begin();
      this.body.update(body);
    }
  }

  private begin(): ReportBodyView {
    const body = new ReportBodyView(this.context, this.actions.open, this.hint);
    this.frame.append(body.root);
    return body;
  }

  private close(): void {
    if (this.frame.contains(document.activeElement)) {
      this.button.focus({ preventScroll: true });
    }
    if (this.body) {
      this.hint.hide();
    }
    this.body = undefined;
    this.frame.replaceChildren();
  }
}
