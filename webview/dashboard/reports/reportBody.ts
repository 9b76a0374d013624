import type { ChartTarget, ReportBody } from '../../../src/protocol/report';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';
import type { Hint } from '../parts/hint';
import { ReportTableView } from './reportTable';
import { SearchField } from './searchField';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

/** What an open report shows. It is kept from view to view, with the focus, the text being typed, and the scrolling. */
export class ReportBodyView {
  readonly root: HTMLElement;
  private readonly search: SearchField;
  private readonly tables = element('div', { className: 'report-tables' });
  private readonly actions = element('div', { className: 'report-actions' });
  private readonly notes = element('ul', { className: 'report-notes' });
  private views: readonly ReportTableView[] = [];
  private shownActions = '';

  constructor(
    private readonly context: PageContext,
    private readonly open: (target: ChartTarget) => void,
    private readonly hint: Hint,
  ) {
    this.search = new SearchField((trailSearch) => {
      context.send({ type: 'choose', change: { trailSearch } });
    });
    this.root = element(
      'div',
      { className: 'report-content' },
      element('div', { className: 'report-main' }, this.search.root, this.tables, this.actions),
      this.notes,
    );
  }

  update({ tables, notes, search, actions }: ReportBody): void {
    this.search.root.hidden = search === undefined;
    if (search) {
      this.search.update(search);
    }
    this.updateTables(tables);
    this.updateActions(actions);
    this.notes.replaceChildren(
      ...notes.map((note) => element('li', { text: displayText(note, TEXT_LIMIT) })),
    );
  }

  private updateTables(tables: ReportBody['tables']): void {
    const { language, send } = this.context;
    if (tables.length !== this.views.length) {
      const actions = {
        open: this.open,
        dismiss: (name: string) => {
          send({ type: 'dismiss', name });
        },
      };
      this.views = tables.map(
        (_, index) => this.views[index] ?? new ReportTableView(language, actions, this.hint),
      );
      this.tables.replaceChildren(...this.views.map(({ root }) => root));
    }
    tables.forEach((table, index) => {
      this.views[index]?.update(table, tables.length === 1);
    });
  }

  /** Rebuilt only for other buttons, so that a focused one stays focused. */
  private updateActions(actions: ReportBody['actions']): void {
    const next = JSON.stringify(actions);
    if (next !== this.shownActions) {
      this.shownActions = next;
      this.actions.replaceChildren(
        ...actions.map(({ label, intent }) =>
          button(displayText(label), 'secondary', () => {
            this.context.send({ type: 'act', intent });
          }),
        ),
      );
    }
  }
}
