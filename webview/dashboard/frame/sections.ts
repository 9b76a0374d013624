import type { Intent, Notice } from '../../../src/protocol/messages';
import type { DashboardStrings } from '../../../src/protocol/strings';
import { displayText } from '../../../src/usage/text';
import { button } from '../parts/controls';
import { element, icon } from '../parts/dom';

type Act = (intent: Intent) => void;

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

/** What went wrong or should be known, each with at most one button. */
export class Notices {
  readonly root = element('div', { className: 'notices' });
  private shown = '';

  constructor(private readonly act: Act) {}

  /** Rebuilt only when something changed, so that a focused button stays focused. */
  update(notices: readonly Notice[]): void {
    const next = JSON.stringify(notices);
    if (next !== this.shown) {
      this.shown = next;
      this.root.replaceChildren(...notices.map((notice) => this.create(notice)));
    }
  }

  private create({ severity, text, action }: Notice): HTMLElement {
    const made = element(
      'div',
      { className: `notice ${severity}` },
      icon(severity),
      element('p', { text: displayText(text, TEXT_LIMIT) }),
    );
    if (action) {
      made.append(
        button(action.label, 'secondary', () => {
          this.act(action.intent);
        }),
      );
    }
    return made;
  }
}

/** In place of everything while there is no account. */
export function welcome(strings: DashboardStrings, act: Act): HTMLElement {
  return element(
    'div',
    { className: 'welcome' },
    icon('bars', 'icon large'),
    element('h1', { text: strings.noAccount }),
    element(
      'div',
      { className: 'welcome-actions' },
      button(strings.addAccount, 'primary', () => {
        act('addAccount');
      }),
      button(strings.openSample, 'secondary', () => {
        act('openSample');
      }),
    ),
  );
}

/** In place of the charts while nothing has been read. */
export function nothingYet(strings: DashboardStrings): HTMLElement {
  return element('p', { className: 'chart-empty', text: strings.nothingYet });
}

/** Stands where cards and charts will be, in their size, so that nothing jumps when they come. */
export function skeleton(): HTMLElement {
  const block = (className: string): HTMLElement => element('div', { className: `ghost ${className}` });
  const chart = (): HTMLElement =>
    element('div', { className: 'chart' }, block('ghost-title'), block('ghost-plot'), block('ghost-legend'));
  return element(
    'div',
    { className: 'skeleton', attributes: { 'aria-hidden': 'true' } },
    block('ghost-header'),
    block('ghost-figure'),
    block('ghost-toolbar'),
    element('div', { className: 'charts' }, chart(), chart()),
  );
}
