import type { DashboardView } from '../../../src/protocol/messages';
import { type RangeTrouble, troubleOf } from '../../../src/usage/range';
import { DAY, startOfDay } from '../../../src/usage/time';
import type { PageContext } from '../pageContext';
import { button, labelled } from '../parts/controls';
import { element } from '../parts/dom';

/** A custom range: two UTC dates, which are checked before anything is requested. */
export class Dates {
  readonly root: HTMLFormElement;
  private readonly first: HTMLInputElement;
  private readonly last: HTMLInputElement;
  private readonly trouble = element('p', {
    className: 'trouble',
    attributes: { id: 'dates-trouble', role: 'alert' },
  });
  private today = '';
  private shown = '';

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.first = dateField();
    this.last = dateField();
    const apply = button(strings.apply, 'secondary', () => undefined);
    apply.type = 'submit';
    this.root = element(
      'form',
      { className: 'dates', attributes: { novalidate: '' } },
      labelled(strings.firstDay, this.first),
      labelled(strings.lastDay, this.last),
      apply,
      this.trouble,
    );
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Writes a changed range into the fields; otherwise leaves alone what a person is typing. */
  update({ range, today }: DashboardView): void {
    this.today = today;
    this.first.max = today;
    this.last.max = today;
    const shown = `${range.first} ${range.last}`;
    if (shown !== this.shown) {
      this.shown = shown;
      this.first.value = range.first;
      this.last.value = range.last < today ? range.last : today;
      this.tell(undefined);
    }
  }

  focus(): void {
    this.first.focus();
  }

  private submit(): void {
    const [first, last] = [this.first.value, this.last.value];
    // `today` comes from the host's clock; its last moment is "now" enough to tell days apart.
    const trouble = troubleOf(first, last, startOfDay(this.today) + DAY - 1);
    this.tell(trouble);
    if (!trouble) {
      this.context.send({ type: 'choose', change: { range: { kind: 'dates', first, last } } });
    }
  }

  private tell(trouble: RangeTrouble | undefined): void {
    this.trouble.textContent = trouble ? this.context.language.strings[trouble] : '';
    for (const field of [this.first, this.last]) {
      field.setAttribute('aria-invalid', String(trouble !== undefined));
    }
  }
}

function dateField(): HTMLInputElement {
  return element('input', { attributes: { type: 'date', 'aria-describedby': 'dates-trouble' } });
}
