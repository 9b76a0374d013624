import type { DashboardView } from '../../../src/protocol/messages';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';

const SECOND = 1000;

/** The progress of loading, why and how long it waits, and a way to stop it. */
export class Loading {
  readonly root: HTMLElement;
  private readonly bar = element('progress');
  private readonly text = element('span', { className: 'quiet' });
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.bar.setAttribute('aria-label', strings.loading);
    const cancel = button(strings.cancel, 'secondary small', () => {
      context.send({ type: 'act', intent: 'cancelLoading' });
    });
    this.root = element('div', { className: 'loading' }, this.bar, this.text, cancel);
  }

  update({ loading }: DashboardView): void {
    this.root.hidden = !loading;
    clearInterval(this.ticking);
    if (!loading) {
      return;
    }
    this.bar.max = loading.total;
    this.bar.value = loading.done;
    const until = performance.now() + (loading.wait?.ms ?? 0);
    this.write(loading, until);
    if (loading.wait) {
      this.ticking = setInterval(() => {
        this.write(loading, until);
      }, SECOND);
    }
  }

  private write({ done, total, wait }: NonNullable<DashboardView['loading']>, until: number): void {
    const { strings, formats } = this.context.language;
    const progress = `${strings.loading}: ${formats.count(done)} / ${formats.count(total)}`;
    const seconds = Math.ceil((until - performance.now()) / SECOND);
    this.text.textContent =
      wait && seconds > 0
        ? [
            progress,
            `${strings.nextRequest} ${formats.count(seconds)} s`,
            `${strings.requestsPerMinute}: ${formats.count(wait.perMinute)}`,
          ].join(' · ')
        : progress;
  }
}
