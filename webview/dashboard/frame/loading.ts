import type { DashboardView } from '../../../src/protocol/messages';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';

/** The progress of loading, and a way to stop it. */
export class Loading {
  readonly root: HTMLElement;
  private readonly bar = element('progress');
  private readonly text = element('span', { className: 'quiet' });

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.bar.setAttribute('aria-label', strings.loading);
    const cancel = button(strings.cancel, 'secondary small', () => {
      context.send({ type: 'act', intent: 'cancelLoading' });
    });
    this.root = element('div', { className: 'loading' }, this.bar, this.text, cancel);
  }

  update({ loading }: DashboardView): void {
    const { strings, formats } = this.context.language;
    this.root.hidden = !loading;
    if (loading) {
      this.bar.max = loading.total;
      this.bar.value = loading.done;
      this.text.textContent = `${strings.loading}: ${formats.count(loading.done)} / ${formats.count(loading.total)}`;
    }
  }
}
