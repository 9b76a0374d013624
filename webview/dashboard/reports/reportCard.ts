import type { ChartTarget, Report } from '../../../src/protocol/report';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element, hiddenText } from '../parts/dom';
import type { Hint } from '../parts/hint';
import { ReportBodyView } from './reportBody';
import { toneMark } from './toneMark';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

export interface CardActions {
  readonly toggle: (open: boolean) => void;
  readonly open: (target: ChartTarget) => void;
}

/** A question with its answer in a few words, which opens to more. It is kept from view to view. */
export class ReportCard {
  /** The answer: a button in the line of answers. */
  readonly answer: HTMLLIElement;
  /** What stands below that line while it is open. */
  readonly root: HTMLElement;
  private readonly title = element('h3');
  private readonly summary = element('p', { className: 'report-summary' });
  private readonly button: HTMLButtonElement;
  private readonly frame = element('div');
  private sentences: readonly string[] = [];
  private body: ReportBodyView | undefined;
  private shown = '';

  constructor(
    id: Report['id'],
    private readonly context: PageContext,
    private readonly actions: CardActions,
    private readonly hint: Hint,
  ) {
    this.title.id = `report-${id}-title`;
    this.root = element(
      'section',
      { className: 'report-body', attributes: { id: `report-${id}`, 'aria-labelledby': this.title.id } },
      element('div', { className: 'report-head' }, this.title, this.summary),
      this.frame,
    );
    this.button = element('button', {
      className: 'answer',
      attributes: { type: 'button', 'aria-controls': this.root.id },
    });
    this.answer = element('li', { className: 'report' }, this.button);
    this.listen();
  }

  update(report: Report): void {
    const next = JSON.stringify(report);
    if (next !== this.shown) {
      this.shown = next;
      this.draw(report);
    }
  }

  private listen(): void {
    this.hint.attach(this.button, () => this.sentences);
    this.button.addEventListener('click', () => {
      this.hint.hide();
      this.actions.toggle(this.body === undefined);
    });
  }

  private draw({ title, short, summary, tone, body }: Report): void {
    const [question, answer] = [displayText(title), displayText(summary, TEXT_LIMIT)];
    this.title.textContent = question;
    this.summary.textContent = answer;
    this.sentences = [question, ...(answer === '' ? [] : [answer])];
    this.hint.update(this.button, this.sentences);
    this.button.replaceChildren(
      toneMark(tone, this.context.language.strings),
      hiddenText(`${question} `),
      element('span', { text: displayText(short) }),
      hiddenText(answer === '' ? '' : `: ${answer}`),
    );
    this.button.setAttribute('aria-expanded', String(body !== undefined));
    this.root.hidden = body === undefined;
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
