import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element, name } from '../parts/dom';

/** The selection, with buttons to reveal and clear it; or a hint how to select one. */
export class SelectionBar {
  readonly root: HTMLElement;
  private readonly machine = element('strong');
  private readonly chosen: HTMLElement;
  private readonly hint = element('p', { className: 'quiet' });
  private subjectId = '';

  constructor(private readonly context: PageContext) {
    const { language, send } = context;
    const { strings } = language;
    this.chosen = element(
      'div',
      { className: 'selection', attributes: { role: 'group', 'aria-label': strings.selected } },
      element('span', { className: 'quiet', text: `${strings.selected}:` }),
      this.machine,
      button(strings.reveal, 'secondary', () => {
        send({ type: 'reveal', subjectId: this.subjectId });
      }),
      button(strings.clearSelection, 'secondary', () => {
        send({ type: 'select', subjectId: null });
      }),
    );
    this.root = element('div', { className: 'selection-frame' }, this.hint, this.chosen);
  }

  update({ selected, subject }: DashboardView): void {
    this.hint.textContent = this.context.language.strings.subjects[subject].selectHint;
    this.chosen.hidden = !selected;
    this.hint.hidden = selected !== undefined;
    if (selected && selected.subjectId !== this.subjectId) {
      this.machine.replaceChildren(name(displayText(selected.label), 'name'));
    }
    this.subjectId = selected?.subjectId ?? '';
  }
}
