import type { DashboardAccount } from '../../../src/protocol/messages';
import {
  OVERVIEW_COLUMNS,
  type OverviewColumn,
  type OverviewDays,
  type OverviewRow,
  type OverviewState,
} from '../../../src/protocol/overview';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element, hiddenText, name } from '../parts/dom';
import { toneMark } from '../reports/toneMark';
import { dayBars } from './dayBars';
import { TEXT_LIMIT, textCell } from './overviewCell';

/** The row of an account. A cell is drawn anew only if it has changed, so that a button in it keeps the focus. */
export class OverviewLine {
  readonly root = element('tr');
  private readonly open: HTMLButtonElement;
  private readonly cells: Readonly<Record<OverviewColumn, HTMLElement>>;
  private readonly shown = new Map<OverviewColumn, string>();

  constructor(
    private readonly context: PageContext,
    private readonly accountId: string,
  ) {
    const { strings } = context.language;
    this.open = button('', 'row-name', () => {
      context.send({ type: 'chooseAccount', accountId });
    });
    this.open.setAttribute('aria-description', strings.openAccount);
    const cell = (column: OverviewColumn): HTMLElement =>
      element('td', { className: column, attributes: { 'data-heading': strings.overviewColumns[column] } });
    this.cells = {
      account: element('th', { className: 'account-name', attributes: { scope: 'row' } }, this.open),
      ...{ vendor: cell('vendor'), figure: cell('figure'), days: cell('days') },
      ...{ monthEnd: cell('monthEnd'), budget: cell('budget'), state: cell('state') },
    };
    this.root.append(...OVERVIEW_COLUMNS.map((column) => this.cells[column]));
  }

  update({ figure, days, monthEnd, budget, state }: OverviewRow, account: DashboardAccount): void {
    const { strings } = this.context.language;
    this.draw('account', account.label, () => {
      this.open.replaceChildren(name(displayText(account.label), 'name'));
      return [this.open];
    });
    this.draw('vendor', account, () => [
      account.sample
        ? element('strong', { className: 'badge', text: strings.sample })
        : element('span', { text: displayText(account.provider) }),
    ]);
    this.draw('figure', figure, () => textCell(figure));
    this.draw('days', { ...days, values: [...(days.bars?.values ?? [])] }, () => daysCell(days));
    this.draw('monthEnd', monthEnd, () => textCell(monthEnd));
    this.draw('budget', budget, () => [
      ...(budget.tone === 'neutral' ? [] : [toneMark(budget.tone, strings)]),
      ...textCell(budget),
    ]);
    this.draw('state', state, () => this.stateCell(state));
  }

  /** Where what had the focus goes, the account's name gets it. */
  private draw(column: OverviewColumn, content: unknown, make: () => readonly Node[]): void {
    const cell = this.cells[column];
    const next = JSON.stringify(content);
    if (next !== this.shown.get(column)) {
      const hadFocus = cell.contains(document.activeElement);
      this.shown.set(column, next);
      cell.replaceChildren(...make());
      if (hadFocus) {
        this.open.focus();
      }
    }
  }

  private stateCell({ text, tone, detail, action }: OverviewState): Node[] {
    const { strings } = this.context.language;
    const said = textCell({ text, ...(detail === undefined ? {} : { detail }) });
    const more = action
      ? [
          button(displayText(action.label), 'secondary', () => {
            this.context.send({ type: 'act', intent: action.intent, accountId: this.accountId });
          }),
        ]
      : [];
    return [...(tone === 'neutral' ? [] : [toneMark(tone, strings)]), ...said, ...more];
  }
}

function daysCell({ text, bars }: OverviewDays): Node[] {
  const said = displayText(text, TEXT_LIMIT);
  if (!bars) {
    return [element('span', { className: 'quiet', text: said })];
  }
  return [element('span', { title: said }, dayBars(bars), hiddenText(said))];
}
