import type { DashboardAccount, DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import { type EpochMs, type UtcDay, utcDay } from '../../../src/usage/time';
import type { PageContext } from '../pageContext';
import { element, icon, name } from '../parts/dom';
import { periodName } from '../parts/speech';

const LABEL_LIMIT = 200;

/** Stands for all accounts in the list; no account has an empty id. */
const ALL = '';

/** Account, period and data time of the figures; the choice of another account; Refresh. All in one line where it fits. */
export class Header {
  readonly root: HTMLElement;
  private readonly account = element('h1');
  private readonly provider = element('p', { className: 'provider' });
  private readonly facts = element('p', { className: 'facts' });
  private readonly identity: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly refresh: HTMLButtonElement;
  private options = '';
  private refreshing = false;

  constructor(private readonly context: PageContext) {
    const { send, language } = context;
    const { strings } = language;
    this.select = element('select', { attributes: { 'aria-label': strings.account } });
    this.refresh = element(
      'button',
      { className: 'icon-button refresh', attributes: { type: 'button' } },
      icon('refresh'),
    );
    // The list lies over the name without being seen, so that the name itself opens it.
    this.identity = element('div', { className: 'identity' }, this.account, this.select);
    this.root = element('header', {}, this.identity, this.provider, this.facts, this.refresh);
    this.select.addEventListener('change', () => {
      send({ type: 'chooseAccount', accountId: this.select.value === ALL ? null : this.select.value });
    });
    this.refresh.addEventListener('click', () => {
      if (!this.refreshing) {
        send({ type: 'act', intent: 'refresh' });
      }
    });
  }

  /** To the list of accounts. */
  focus(): void {
    this.select.focus();
  }

  update(view: DashboardView): void {
    const { account, overview } = view;
    this.root.hidden = account === undefined;
    if (!account) {
      return;
    }
    const { strings } = this.context.language;
    const label = overview ? strings.allAccounts : displayText(account.label, LABEL_LIMIT);
    const kind = account.sample ? strings.sample : displayText(account.provider);
    this.account.replaceChildren(name(label, 'account'));
    this.provider.replaceChildren(
      element(account.sample ? 'strong' : 'span', { className: account.sample ? 'badge' : '', text: kind }),
    );
    this.provider.hidden = overview !== undefined || kind === label; // no name twice
    this.facts.replaceChildren(...this.factsOf(view));
    this.offer(view.accounts, overview ? ALL : account.id);
    this.refreshing = view.refreshing;
    this.refresh.classList.toggle('refreshing', view.refreshing);
    const doing = view.refreshing ? strings.refreshing : strings[overview ? 'refreshAll' : 'refresh'];
    this.refresh.title = doing;
    this.refresh.setAttribute('aria-label', doing);
    // Not `disabled`, which would take the focus away from someone who has just pressed it.
    this.refresh.setAttribute('aria-disabled', String(view.refreshing));
  }

  private factsOf(view: DashboardView): HTMLElement[] {
    const { formats } = this.context.language;
    const period = element('strong', { text: `${periodName(view.shown, formats)} UTC` });
    if (view.asOf === undefined) {
      return [period];
    }
    return [
      period,
      this.fact(this.context.language.strings.asOf, view.asOf, view.today),
      ...(view.hasBilled && isMonth(view) ? [this.closed(view)] : []),
    ];
  }

  private closed({ closedThrough, dataThrough, today, loading }: DashboardView): HTMLElement {
    const { strings } = this.context.language;
    const closed = this.fact(strings.closedThrough, closedThrough, today);
    const data =
      dataThrough === undefined ? [] : [this.fact(strings.dataThrough, dataThrough, today).textContent];
    closed.title = [...(closedThrough === undefined ? [] : [strings.closedThroughMeaning]), ...data].join(
      '\n',
    );
    if (closedThrough === undefined) {
      closed.append(element('span', { text: loading ? '…' : strings.closedThroughUnknown }));
    }
    return closed;
  }

  /** The time has no date if it is of today. */
  private fact(word: string, at: EpochMs | undefined, today: UtcDay): HTMLElement {
    const { formats } = this.context.language;
    const fact = element('span', { text: `${word} ` });
    if (at !== undefined) {
      fact.append(
        element('time', {
          text: utcDay(at) === today ? formats.clock(at) : formats.instant(at),
          attributes: { datetime: new Date(at).toISOString() },
        }),
      );
    }
    return fact;
  }

  /** Leaves an open list alone as long as the accounts are the same. */
  private offer(accounts: readonly DashboardAccount[], chosen: string): void {
    this.select.hidden = accounts.length < 2;
    this.identity.classList.toggle('several', accounts.length > 1);
    const options = JSON.stringify(accounts);
    if (options !== this.options) {
      this.options = options;
      this.select.replaceChildren(
        element('option', { text: this.context.language.strings.allAccounts, attributes: { value: ALL } }),
        ...accounts.map(({ id, label, sample }) => {
          const text = displayText(label, LABEL_LIMIT);
          return element('option', {
            text: sample ? `${text} (${this.context.language.strings.sample})` : text,
            attributes: { value: id },
          });
        }),
      );
    }
    this.select.value = chosen;
  }
}

/** Whether the whole month to date is shown, of which alone the vendor tells what it has billed. */
function isMonth({ choices }: DashboardView): boolean {
  return choices.range.kind === 'thisMonth' && choices.zoom === undefined;
}
