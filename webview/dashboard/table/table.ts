import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';
import { TableBody } from './tableBody';
import { TableHead } from './tableHead';
import { chosenRows, copyText, type RowChoice, sortedBy, type TwinRow } from './tableRows';

export type { TwinRow } from './tableRows';

/** What the table under a chart shows. */
export interface TwinModel {
  readonly caption: string;
  readonly nameHeading: string;
  /** With the unit of the rounded values. */
  readonly valueHeading: string;
  /** For the copied amounts, with their unit, as in `Awake time (s)`. */
  readonly copyHeading: string;
  /** Amounts are whole numbers of 10^−`decimals` of that unit. */
  readonly decimals: number;
  /** Whether a row with a machine selects it. */
  readonly selectable: boolean;
  readonly selectedKey: string | undefined;
  /** Asked for only while the table is open. */
  readonly rows: () => readonly TwinRow[];
  /** The sum of some of the rows, in words; absent where a sum makes no sense. */
  readonly sum: ((rows: readonly TwinRow[]) => string) | undefined;
}

/** Lines drawn at once, and by each Show More: thousands would make the page wait. */
const STEP = 200;

/** For how long the button says that it copied, in milliseconds. */
const SAID = 2000;

/**
 * The chart's data table for reading and copying: a row for each slot and series, with a filter, an order and a sum. From one
 * update to the next it keeps what a person chose, where they are, and whether it is open.
 */
export class TwinTable {
  readonly root: HTMLDetailsElement;
  private readonly filter: HTMLInputElement;
  private readonly count = element('p', { className: 'row-count' });
  private readonly copy: HTMLButtonElement;
  private readonly caption = element('caption', { className: 'visually-hidden' });
  private readonly head: TableHead;
  private readonly body: TableBody;
  private readonly sum = element('td', { attributes: { colspan: '5' } });
  private readonly foot = element('tfoot', {}, element('tr', {}, this.sum));
  private readonly table: HTMLTableElement;
  private readonly nothing: HTMLParagraphElement;
  private readonly more: HTMLButtonElement;
  private readonly frame: HTMLDivElement;
  private choice: RowChoice = { text: '', by: 'time', descending: false };
  private limit = STEP;
  private model: TwinModel | undefined;
  private all: readonly TwinRow[] = [];
  private chosen: readonly TwinRow[] = [];

  constructor(private readonly context: PageContext) {
    const { strings } = context.language;
    this.filter = element('input', {
      attributes: { type: 'search', 'aria-label': strings.filter, placeholder: strings.filterHint },
    });
    this.copy = button(strings.copyTable, '', () => void this.copyRows());
    this.head = new TableHead(strings, (by) => {
      this.choose(sortedBy(this.choice, by));
    });
    this.body = new TableBody((key) => {
      context.send({ type: 'select', subjectId: key === this.model?.selectedKey ? null : key });
    });
    this.table = element(
      'table',
      { className: 'twin' },
      this.caption,
      this.head.root,
      this.body.root,
      this.foot,
    );
    this.nothing = element('p', { className: 'table-nothing', text: strings.noRows });
    this.more = button(strings.showMore, '', () => {
      this.showMore();
    });
    this.frame = element(
      'div',
      { className: 'table-frame', attributes: { tabindex: '0', role: 'region' } },
      this.table,
      this.nothing,
      this.more,
    );
    this.root = element(
      'details',
      { className: 'twin-table' },
      element('summary', { text: strings.showTable }),
      element('div', { className: 'table-tools' }, this.filter, this.count, this.copy),
      this.frame,
    );
    this.listen();
  }

  update(model: TwinModel): void {
    this.model = model;
    this.read();
  }

  private listen(): void {
    this.root.addEventListener('toggle', () => {
      this.read();
    });
    this.filter.addEventListener('input', () => {
      this.choose({ ...this.choice, text: this.filter.value });
      this.context.live.speak(this.count.textContent);
    });
  }

  private showMore(): void {
    this.limit += STEP;
    this.draw();
    if (this.more.hidden) {
      this.frame.focus({ preventScroll: true });
    }
  }

  /** A closed table keeps no rows. */
  private read(): void {
    this.all = this.root.open ? (this.model?.rows() ?? []) : [];
    this.arrange();
  }

  private choose(choice: RowChoice): void {
    this.choice = choice;
    this.limit = STEP;
    this.frame.scrollTop = 0;
    this.arrange();
  }

  private arrange(): void {
    this.chosen = chosenRows(this.all, this.choice, this.context.language.locale);
    this.draw();
  }

  private draw(): void {
    const { model, all, chosen } = this;
    if (!model || !this.root.open) {
      return;
    }
    const { strings, formats } = this.context.language;
    this.frame.setAttribute('aria-label', model.caption);
    this.caption.textContent = model.caption;
    this.count.textContent = `${strings.rows}: ${formats.count(chosen.length)} / ${formats.count(all.length)}`;
    this.head.update(model.nameHeading, model.valueHeading, this.choice);
    this.table.hidden = chosen.length === 0;
    this.table.classList.toggle('without-notes', !all.some(({ note }) => note !== ''));
    this.nothing.hidden = chosen.length > 0;
    this.more.hidden = chosen.length <= this.limit;
    this.foot.hidden = model.sum === undefined;
    this.sum.textContent = model.sum ? `${strings.sumOfRows}: ${model.sum(chosen)}` : '';
    if (this.body.draw(chosen.slice(0, this.limit), model)) {
      this.frame.focus({ preventScroll: true });
    }
  }

  /** All rows that pass the filter, even those not drawn yet. */
  private async copyRows(): Promise<void> {
    const { strings } = this.context.language;
    if (!this.model) {
      return;
    }
    const { nameHeading, copyHeading, decimals } = this.model;
    const headings = [strings.time, nameHeading, copyHeading, strings.note];
    let said = strings.copied;
    try {
      await navigator.clipboard.writeText(copyText(headings, this.chosen, decimals));
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
