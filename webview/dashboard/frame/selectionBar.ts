import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element, name } from '../parts/dom';

/** The selection, with buttons to reveal and clear it. */
export class SelectionBar {
  readonly root: HTMLElement;
  private readonly machine = element('strong');
  private subjectId = '';

  constructor({ language, send }: PageContext) {
    const { strings } = language;
    this.root = element(
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
  }

  update({ selected }: DashboardView): void {
    this.root.hidden = !selected;
    if (selected && selected.subjectId !== this.subjectId) {
      this.machine.replaceChildren(name(displayText(selected.label), 'name'));
    }
    this.subjectId = selected?.subjectId ?? '';
  }
}
