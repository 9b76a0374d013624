import type { DashboardAccount, DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { EpochMs } from '../../../src/usage/time';
import type { PageContext } from '../pageContext';
import { element, icon, name } from '../parts/dom';

const LABEL_LIMIT = 200;

/** Account, month and data time of the figures; the choice of another account; Refresh. */
export class Header {
  readonly root: HTMLElement;
  private readonly account = element('h1');
  private readonly provider = element('p', { className: 'provider' });
  private readonly facts = element('p', { className: 'facts' });
  private readonly choice: HTMLLabelElement;
  private readonly select = element('select');
  private readonly refresh: HTMLButtonElement;
  private options = '';
  private refreshing = false;

  constructor(private readonly context: PageContext) {
    const { send, language } = context;
    const { strings } = language;
    this.choice = element(
      'label',
      { className: 'choice' },
      element('span', { className: 'quiet', text: strings.account }),
      this.select,
    );
    // Both labels share one place, so that the button keeps its width.
    this.refresh = element(
      'button',
      { className: 'refresh', attributes: { type: 'button' } },
      element('span', { className: 'idle', text: strings.refresh }),
      element('span', { className: 'busy', text: strings.refreshing }),
    );
    this.refresh.querySelectorAll('span').forEach((face) => {
      face.prepend(icon('refresh'));
    });
    this.root = element(
      'header',
      {},
      element('div', { className: 'identity' }, this.account, this.provider),
      element('div', { className: 'controls' }, this.choice, this.refresh),
      this.facts,
    );
    this.select.addEventListener('change', () => {
      send({ type: 'chooseAccount', accountId: this.select.value });
    });
    this.refresh.addEventListener('click', () => {
      if (!this.refreshing) {
        send({ type: 'act', intent: 'refresh' });
      }
    });
  }

  update(view: DashboardView): void {
    const { account } = view;
    this.root.hidden = account === undefined;
    if (!account) {
      return;
    }
    const { strings } = this.context.language;
    this.account.replaceChildren(name(displayText(account.label, LABEL_LIMIT), 'account'));
    this.provider.replaceChildren(
      account.sample
        ? element('strong', { className: 'badge', text: strings.sample })
        : element('span', { text: displayText(account.provider) }),
    );
    this.facts.replaceChildren(...this.factsOf(view));
    this.offer(view.accounts, account);
    this.refreshing = view.refreshing;
    this.refresh.classList.toggle('refreshing', view.refreshing);
    // Not `disabled`, which would take the focus away from someone who has just pressed it.
    this.refresh.setAttribute('aria-disabled', String(view.refreshing));
  }

  private factsOf(view: DashboardView): HTMLElement[] {
    const { strings, formats } = this.context.language;
    const month = element('strong', { text: `${formats.month(view.month)} UTC` });
    if (view.asOf === undefined) {
      return [month];
    }
    return [
      month,
      ...(view.hasBilled ? [this.closed(view)] : []),
      this.fact(strings.asOf, view.asOf),
      ...(view.dataThrough === undefined ? [] : [this.fact(strings.dataThrough, view.dataThrough)]),
    ];
  }

  private closed({ closedThrough, loading }: DashboardView): HTMLElement {
    const { strings } = this.context.language;
    const closed = this.fact(strings.closedThrough, closedThrough);
    closed.title = closedThrough === undefined ? '' : strings.closedThroughMeaning;
    if (closedThrough === undefined) {
      closed.append(element('span', { text: loading ? '…' : strings.closedThroughUnknown }));
    }
    return closed;
  }

  private fact(word: string, at: EpochMs | undefined): HTMLElement {
    const fact = element('span', { text: `${word} ` });
    if (at !== undefined) {
      fact.append(
        element('time', {
          text: this.context.language.formats.instant(at),
          attributes: { datetime: new Date(at).toISOString() },
        }),
      );
    }
    return fact;
  }

  /** Leaves an open list alone as long as the accounts are the same. */
  private offer(accounts: readonly DashboardAccount[], chosen: DashboardAccount): void {
    this.choice.hidden = accounts.length < 2;
    const options = JSON.stringify(accounts);
    if (options !== this.options) {
      this.options = options;
      this.select.replaceChildren(
        ...accounts.map(({ id, label, sample }) => {
          const text = displayText(label, LABEL_LIMIT);
          return element('option', {
            text: sample ? `${text} (${this.context.language.strings.sample})` : text,
            attributes: { value: id },
          });
        }),
      );
    }
    this.select.value = chosen.id;
  }
}
