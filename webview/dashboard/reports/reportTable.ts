import type { ReportTable } from '../../../src/protocol/report';
import { displayText } from '../../../src/usage/text';
import { element } from '../parts/dom';
import type { Hint } from '../parts/hint';
import type { Language } from '../parts/speech';
import { headingOf, type Item, reportLine, type RowActions, type Shape, shapeOf } from './reportRow';
import { placeAfterKey, placeNear } from './walk';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

let tables = 0;

/**
 * A table of a report. It is one step of Tab, and arrow keys reach the rest of its items, so that two hundred rows are
 * not two hundred steps. It is redrawn only if it has changed.
 */
export class ReportTableView {
  readonly root: HTMLElement;
  private readonly caption = element('h4');
  private readonly head = element('thead');
  private readonly body = element('tbody');
  private readonly table: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly empty = element('p', { className: 'quiet' });
  private readonly more = element('p', { className: 'quiet' });
  private items: readonly Item[] = [];
  private shown = '';

  constructor(
    private readonly language: Language,
    private readonly actions: RowActions,
    private readonly hint: Hint,
  ) {
    this.caption.id = `report-table-${tables++}`;
    const labelled = { 'aria-labelledby': this.caption.id };
    this.table = element('table', { attributes: labelled }, this.head, this.body);
    this.frame = element(
      'div',
      { className: 'report-frame', attributes: { role: 'region', ...labelled } },
      this.table,
    );
    this.root = element(
      'div',
      { className: 'report-table' },
      this.caption,
      this.frame,
      this.empty,
      this.more,
    );
    this.listen();
  }

  /** `alone`: whether it is the only table of the report, whose title then names it. */
  update(table: ReportTable, alone: boolean): void {
    this.caption.classList.toggle('visually-hidden', alone);
    const next = JSON.stringify(table);
    if (next !== this.shown) {
      this.shown = next;
      this.draw(table);
    }
  }

  private draw(table: ReportTable): void {
    const { strings, formats } = this.language;
    this.caption.textContent = displayText(table.caption, TEXT_LIMIT);
    this.empty.textContent = displayText(table.empty, TEXT_LIMIT);
    this.more.textContent = `${strings.notShown}: ${formats.count(table.more)}`;
    this.empty.hidden = table.rows.length > 0;
    this.frame.hidden = table.rows.length === 0;
    this.more.hidden = table.more === 0;
    this.drawRows(table);
  }

  /** Keeps focus and hint where they were, or moves them to the nearest item. */
  private drawRows(table: ReportTable): void {
    const shape = shapeOf(table);
    const reached = this.items.find(({ element: { tabIndex } }) => tabIndex === 0);
    const focused = reached !== undefined && reached.element === document.activeElement;
    const pointed = this.items.find(({ element: own }) => this.hint.isBeside(own));
    const lines = table.rows.map((row, at) =>
      reportLine(row, at, shape, this.language.strings, this.actions),
    );
    this.head.replaceChildren(headings(shape));
    this.body.replaceChildren(...lines.map(({ root }) => root));
    this.items = lines.flatMap(({ items }) => items);
    this.fit();
    const next = reached ? placeNear(reached, this.items) : this.items[0];
    this.reach(next);
    if (focused) {
      next?.element.focus({ preventScroll: true });
    }
    if (pointed) {
      this.point(placeNear(pointed, this.items));
    }
  }

  private listen(): void {
    this.body.addEventListener('focusin', ({ target }) => {
      this.reach(this.itemOf(target));
      this.point(this.itemOf(target));
    });
    this.body.addEventListener('focusout', () => this.hint.hide());
    this.body.addEventListener('pointerover', ({ target }) => {
      this.point(this.itemOf(target));
    });
    this.frame.addEventListener('pointerleave', () => this.hint.hide());
    this.body.addEventListener('keydown', (event) => {
      this.press(event);
    });
    const widths = new ResizeObserver(() => {
      this.fit();
    });
    widths.observe(this.root);
    // Only a frame that scrolls has to be a step of Tab.
    const sizes = new ResizeObserver(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.frame;
      if (scrollWidth > clientWidth || scrollHeight > clientHeight) {
        this.frame.tabIndex = 0;
      } else {
        this.frame.removeAttribute('tabindex');
      }
    });
    sizes.observe(this.frame);
    sizes.observe(this.table);
  }

  /** Stacks the figures of a row below its name where the columns need more than the page's width. */
  private fit(): void {
    const { root, table } = this;
    root.classList.remove('stacked');
    root.classList.toggle('stacked', table.offsetWidth > root.clientWidth);
  }

  /** The focusable item in the cell of the event. */
  private itemOf(target: EventTarget | null): Item | undefined {
    const cell = target instanceof Element ? target.closest('th, td') : null;
    return cell ? this.items.find((item) => cell.contains(item.element)) : undefined;
  }

  private point(item: Item | undefined): void {
    if (item && item.hints.length > 0) {
      this.hint.show(item.element, item.hints);
    } else {
      this.hint.hide();
    }
  }

  private press(event: KeyboardEvent): void {
    const from = this.itemOf(event.target);
    const next = from && placeAfterKey(event.key, from, this.items);
    if (next || (event.key === 'Escape' && this.hint.hide())) {
      event.preventDefault();
      next?.element.focus();
    }
  }

  private reach(chosen: Item | undefined): void {
    if (chosen) {
      for (const { element: own } of this.items) {
        own.tabIndex = own === chosen.element ? 0 : -1;
      }
    }
  }
}

function headings({ columns, dismissable }: Shape): HTMLElement {
  return element(
    'tr',
    {},
    ...columns.map((column) =>
      element(column.heading === '' ? 'td' : 'th', {
        className: column.numeric ? 'number' : 'text',
        text: headingOf(column),
        ...(column.heading === '' ? {} : { attributes: { scope: 'col' } }),
      }),
    ),
    ...(dismissable ? [element('td')] : []),
  );
}
