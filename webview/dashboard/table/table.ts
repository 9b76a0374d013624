import { tableChoice } from '../../../src/protocol/choices';
import type { PictureOf } from '../../../src/protocol/messages';
import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';
import { rowIndex, TableBody } from './tableBody';
import { TableHead } from './tableHead';
import type { TableState } from './tableMemory';
import { chosenRows, copyText, type DataTableRow, sortedBy, type TableHeadings } from './tableRows';
import { drawnRows, scrollToRow } from './visibleRows';
import { WidestLine } from './widestLine';

/** What the table under a chart shows. */
export interface DataTableModel extends TableHeadings {
  readonly open: boolean;
  readonly caption: string;
  /** Whether a row with a machine selects it. */
  readonly selectable: boolean;
  readonly selectedKey: string | undefined;
  /** Called only while the table is open; undefined until the rows have come from the host. */
  readonly rows: (() => readonly DataTableRow[]) | undefined;
  /** The sum of some of the rows, in words; absent where a sum makes no sense. */
  readonly sum: ((rows: readonly DataTableRow[]) => string) | undefined;
}

/** For how long the button says that it copied, in milliseconds. */
const SAID = 2000;

/** The most that a frame shows, in CSS pixels, as in `table.css`: it grows with its lines. */
const TALLEST = 420;

/**
 * The chart's data table for reading and copying: a row for each slot and machine, with a filter, an order and a sum. What a
 * person chose and how far they scrolled outlives the page; whether it is open is a choice that the host keeps.
 */
export class DataTable {
  readonly root: HTMLDetailsElement;
  private readonly filter: HTMLInputElement;
  private readonly count = element('p', { className: 'row-count' });
  private readonly copy: HTMLButtonElement;
  private readonly tools: HTMLDivElement;
  private readonly caption = element('caption', { className: 'visually-hidden' });
  private readonly head: TableHead;
  private readonly widest = new WidestLine();
  private readonly body: TableBody;
  private readonly sum = element('td', { attributes: { colspan: '5' } });
  private readonly foot = element('tfoot', {}, element('tr', {}, this.sum));
  private readonly table: HTMLTableElement;
  private readonly nothing: HTMLParagraphElement;
  private readonly frame: HTMLDivElement;
  private state: TableState;
  /** Whether it is open, or will be with the next view. */
  private open = false;
  private model: DataTableModel | undefined;
  private all: readonly DataTableRow[] = [];
  private chosen: readonly DataTableRow[] = [];

  constructor(
    private readonly context: PageContext,
    private readonly of: PictureOf,
  ) {
    const { strings } = context.language;
    this.state = context.tables.of(of);
    this.filter = element('input', {
      attributes: { type: 'search', 'aria-label': strings.filter, placeholder: strings.filterHint },
    });
    this.filter.value = this.state.text;
    this.copy = button(strings.copyTable, '', () => void this.copyRows());
    this.tools = element('div', { className: 'table-tools' }, this.filter, this.count, this.copy);
    this.head = new TableHead(strings, (by) => {
      this.choose({ ...this.state, ...sortedBy(this.state, by) });
    });
    this.body = new TableBody({
      choose: (key) => {
        context.send({ type: 'select', subjectId: key === this.model?.selectedKey ? null : key });
      },
      show: (row) => {
        this.show(row);
      },
    });
    const { above, root, below } = this.body;
    this.table = element(
      'table',
      { className: 'data-table' },
      ...[this.caption, this.head.root, this.widest.root, above, root, below, this.foot],
    );
    this.nothing = element('p', { className: 'table-nothing', text: strings.noRows });
    this.frame = element(
      'div',
      { className: 'table-frame', attributes: { tabindex: '0', role: 'region' } },
      this.table,
      this.nothing,
    );
    this.root = element(
      'details',
      {},
      element('summary', { text: strings.showTable }),
      this.tools,
      this.frame,
    );
    this.listen();
  }

  update(model: DataTableModel): void {
    this.model = model;
    this.open = model.open;
    this.root.open = model.open;
    this.read();
  }

  private listen(): void {
    this.root.addEventListener('toggle', () => {
      if (this.root.open !== this.open) {
        this.open = this.root.open;
        this.context.send({ type: 'choose', change: { [tableChoice(this.of)]: this.open } });
        this.read();
      }
    });
    this.filter.addEventListener('input', () => {
      this.choose({ ...this.state, text: this.filter.value });
      this.context.live.speak(this.count.textContent);
    });
    this.frame.addEventListener('scroll', () => {
      this.follow();
    });
    this.frame.addEventListener('scrollend', () => {
      this.context.tables.keep(this.of, this.state);
    });
  }

  /** A closed table keeps no rows. */
  private read(): void {
    this.all = (this.root.open && this.model?.rows?.()) || [];
    this.arrange();
  }

  private choose(state: TableState): void {
    this.state = { ...state, scroll: 0 };
    this.context.tables.keep(this.of, this.state);
    this.arrange();
  }

  private arrange(): void {
    this.chosen = chosenRows(this.all, this.state, this.context.language.locale);
    this.draw();
  }

  private draw(): void {
    const { model, all, chosen } = this;
    if (!model || !this.root.open) {
      return;
    }
    const { strings, formats } = this.context.language;
    this.tools.hidden = this.frame.hidden = model.rows === undefined;
    this.frame.setAttribute('aria-label', model.caption);
    this.caption.textContent = model.caption;
    this.count.textContent = `${strings.rows}: ${formats.count(chosen.length)} / ${formats.count(all.length)}`;
    this.head.update(model.nameHeading, model.valueHeading, this.state);
    this.widest.update(all);
    this.table.hidden = chosen.length === 0;
    this.table.classList.toggle('without-notes', !all.some(({ note }) => note !== ''));
    this.table.setAttribute('aria-rowcount', String(rowIndex(chosen.length)));
    this.nothing.hidden = chosen.length > 0;
    this.foot.hidden = model.sum === undefined;
    this.foot.rows[0]?.setAttribute('aria-rowindex', String(rowIndex(chosen.length)));
    this.sum.textContent = model.sum ? `${strings.sumOfRows}: ${model.sum(chosen)}` : '';
    this.drawLines(model);
    this.frame.scrollTop = this.state.scroll;
  }

  private drawLines(model: DataTableModel): void {
    const drawn = drawnRows(this.chosen.length, this.state.scroll, TALLEST);
    if (this.body.draw(this.chosen, drawn, model)) {
      this.frame.focus({ preventScroll: true });
    }
  }

  /** The lines that have come into sight. Where less is there than before, the place stays for when it is there again. */
  private follow(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.frame;
    const isEnd = scrollTop + clientHeight >= scrollHeight - 1;
    if (this.model && this.root.open && !(isEnd && this.state.scroll > scrollTop)) {
      this.state = { ...this.state, scroll: scrollTop };
      this.drawLines(this.model);
    }
  }

  private show(row: number): void {
    const around = this.head.root.offsetHeight + this.foot.offsetHeight;
    const height = this.frame.clientHeight - around;
    this.frame.scrollTop = scrollToRow(row, this.frame.scrollTop, height);
    this.follow();
  }

  /** All rows that pass the filter, even those not in sight. */
  private async copyRows(): Promise<void> {
    const { strings } = this.context.language;
    if (!this.model) {
      return;
    }
    const { nameHeading, copyHeading } = this.model;
    const { time, value, unit, note } = strings;
    const headings = [time, nameHeading, value, unit, copyHeading, note];
    let said = strings.copied;
    try {
      await navigator.clipboard.writeText(copyText(headings, this.chosen, this.model));
    } catch {
      said = strings.notCopied;
    }
    this.context.live.speak(said);
    this.copy.textContent = said;
    setTimeout(() => {
      this.copy.textContent = strings.copyTable;
    }, SAID);
  }
}
