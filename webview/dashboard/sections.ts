import type { DashboardStrings, Figure, Notice, NoticeIntent } from '../../src/protocol/messages';
import { displayText } from '../../src/usage/text';
import { element, icon } from './dom';

type Act = (intent: NoticeIntent) => void;

/** Longer sentences than this are not written by us. */
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

export function figureCards(figures: readonly Figure[]): HTMLElement[] {
  return figures.map((figure) =>
    element(
      'div',
      { className: 'figure' },
      element('dt', { text: displayText(figure.label) }),
      element('dd', { className: 'value' }, ...words(figure.value)),
      element('dd', { className: 'exact' }, ...words(figure.exact)),
      element('dd', { className: 'note', text: displayText(figure.note, TEXT_LIMIT) }),
    ),
  );
}

/** The words of a text and the spaces between them, so that a line can end after a word only. */
function words(text: string): Node[] {
  return displayText(text)
    .split(/(\s+)/u)
    .map((part) =>
      /\S/u.test(part) ? element('span', { className: 'word', text: part }) : document.createTextNode(part),
    );
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
    element('div', { className: 'figures' }, ...Array.from({ length: 4 }, () => block('ghost-figure'))),
    element('div', { className: 'charts' }, chart(), chart()),
  );
}

function button(text: string, className: string, pressed: () => void): HTMLButtonElement {
  const made = element('button', { className, text, attributes: { type: 'button' } });
  made.addEventListener('click', pressed);
  return made;
}
