import type { DashboardView } from '../../../src/protocol/messages';
import { type AccountsOverview, OVERVIEW_COLUMNS, type OverviewTotal } from '../../../src/protocol/overview';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element } from '../parts/dom';
import { periodName } from '../parts/speech';
import { TEXT_LIMIT, textCell } from './overviewCell';
import { OverviewLine } from './overviewLine';

/** A row for each account, in place of the figures and charts of one; below them a sum for each unit. */
export class Overview {
  readonly root: HTMLElement;
  private readonly caption = element('caption', { className: 'visually-hidden' });
  private readonly body = element('tbody');
  private readonly foot = element('tfoot');
  private readonly notes = element('div', { className: 'quiet' });
  private readonly lines = new Map<string, OverviewLine>();

  /** @param leave takes the focus when the overview goes while it has it */
  constructor(
    private readonly context: PageContext,
    private readonly leave: () => void,
  ) {
    const { overviewColumns } = context.language.strings;
    const headings = OVERVIEW_COLUMNS.map((column) =>
      element('th', { className: column, text: overviewColumns[column], attributes: { scope: 'col' } }),
    );
    const head = element('thead', {}, element('tr', {}, ...headings));
    this.root = element(
      'div',
      { className: 'overview' },
      element('table', {}, this.caption, head, this.body, this.foot),
      this.notes,
    );
  }

  update({ overview, accounts, shown }: DashboardView): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = overview === undefined;
    if (!overview) {
      if (hadFocus) {
        this.leave();
      }
      return;
    }
    const { strings, formats } = this.context.language;
    this.caption.textContent = `${strings.allAccounts}, ${periodName(shown, formats)} UTC`;
    this.drawRows(overview, accounts);
    this.foot.replaceChildren(...overview.totals.map((total) => this.totalLine(total)));
    this.notes.replaceChildren(
      ...overview.notes.map((text) => element('p', { text: displayText(text, TEXT_LIMIT) })),
    );
  }

  /** Keeps the rows of accounts that stay, and so the focus. */
  private drawRows({ rows }: AccountsOverview, accounts: DashboardView['accounts']): void {
    for (const [id, line] of this.lines) {
      if (!rows.some(({ accountId }) => accountId === id)) {
        line.root.remove();
        this.lines.delete(id);
      }
    }
    rows.forEach((row, index) => {
      const line = this.lines.get(row.accountId) ?? new OverviewLine(this.context, row.accountId);
      this.lines.set(row.accountId, line);
      if (this.body.children[index] !== line.root) {
        this.body.insertBefore(line.root, this.body.children[index] ?? null);
      }
      const account = accounts.find(({ id }) => id === row.accountId);
      if (account) {
        line.update(row, account);
      }
    });
  }

  private totalLine({ label, figure, accounts }: OverviewTotal): HTMLElement {
    const { overviewColumns } = this.context.language.strings;
    return element(
      'tr',
      {},
      element('th', { text: displayText(label, TEXT_LIMIT), attributes: { scope: 'row' } }),
      element('td', { className: 'vendor', text: displayText(accounts, TEXT_LIMIT) }),
      element(
        'td',
        { className: 'figure', attributes: { 'data-heading': overviewColumns.figure } },
        ...textCell(figure),
      ),
      element('td', { className: 'rest', attributes: { colspan: String(OVERVIEW_COLUMNS.length - 3) } }),
    );
  }
}
