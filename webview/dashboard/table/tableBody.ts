import { element, isMarked } from '../parts/dom';
import type { DataTableRow } from './tableRows';
import { type Drawn, LINE } from './visibleRows';

/** How rows are shown, besides their contents. */
export interface RowMarks {
  /** Whether a row with a machine selects it. */
  readonly selectable: boolean;
  readonly selectedKey: string | undefined;
}

export interface BodyActions {
  readonly choose: (key: string) => void;
  /** Brings a row into sight, so that it is drawn. */
  readonly show: (row: number) => void;
}

interface Line {
  readonly row: DataTableRow;
  readonly button: HTMLButtonElement | undefined;
  readonly root: HTMLTableRowElement;
}

/** The visible fields of a row: its line is redrawn only when one changes. */
const SEEN = ['at', 'time', 'key', 'name', 'rounded', 'exact', 'note'] as const;

/** Rows that Page Up and Page Down go past. */
const PAGE = 12;

/**
 * The lines of a table, of which only those in sight exist; empty space stands for the others. A row with a machine has its
 * name on a button; one of them is reached by Tab, the others from there by keys, so that thousands of rows are not as many
 * steps. Lines that did not change are left alone.
 */
export class TableBody {
  readonly root = element('tbody', { className: 'rows' });
  readonly above = space();
  readonly below = space();
  private rows: readonly DataTableRow[] = [];
  private from = 0;
  private lines: readonly Line[] = [];

  constructor(private readonly actions: BodyActions) {
    this.root.addEventListener('click', (event) => {
      const pressed = this.lines.find(({ root }) => root.contains(event.target as Node));
      if (pressed?.button && !isMarked(pressed.root)) {
        actions.choose(pressed.row.key);
      }
    });
    this.root.addEventListener('keydown', (event) => {
      this.walk(event);
    });
    this.root.addEventListener('focusin', (event) => {
      this.reach(this.lines.find(({ button }) => button !== undefined && button === event.target));
    });
  }

  /** True when the focus was in a line that is gone, so that the caller may put it somewhere near. */
  draw(rows: readonly DataTableRow[], { from, to }: Drawn, marks: RowMarks): boolean {
    const focused = this.lines.find(
      ({ button }) => button !== undefined && button === document.activeElement,
    );
    const reached = this.lines.find(({ button }) => button?.tabIndex === 0);
    this.rows = rows;
    this.from = from;
    this.place(rows.slice(from, to), marks);
    setHeight(this.above, from * LINE);
    setHeight(this.below, (rows.length - to) * LINE);
    this.mark(marks.selectedKey);
    this.reach(this.like(reached) ?? this.lines.find(({ button }) => button !== undefined));
    return focused !== undefined && !this.keepFocus(focused);
  }

  /** Takes over the lines of the same rows, or else the line in the same place if it looks the same. */
  private place(rows: readonly DataTableRow[], marks: RowMarks): void {
    const before = new Map(this.lines.map((line) => [line.row, line]));
    const staying = new Set(rows);
    const lines = rows.map((row, index) => {
      const there = this.lines[index];
      const old = before.get(row) ?? (there && staying.has(there.row) ? undefined : there);
      return old && isSame(old, row, marks) ? old : create(row, marks);
    });
    const drawn = new Set(lines);
    for (const line of this.lines) {
      if (!drawn.has(line)) {
        line.root.remove();
      }
    }
    lines.forEach(({ root }, index) => {
      const there = this.root.children[index] ?? null;
      if (there !== root) {
        this.root.insertBefore(root, there);
      }
      root.setAttribute('aria-rowindex', String(rowIndex(this.from + index)));
    });
    this.lines = lines;
  }

  private mark(selectedKey: string | undefined): void {
    for (const { row, button, root } of this.lines) {
      const selected = button !== undefined && row.key === selectedKey;
      root.classList.toggle('selected', selected);
      button?.setAttribute('aria-pressed', String(selected));
    }
  }

  /** The line of the same slot and machine. */
  private like(wanted: Line | undefined): Line | undefined {
    return wanted && this.lines.find(({ row }) => row.at === wanted.row.at && row.key === wanted.row.key);
  }

  private keepFocus(focused: Line): boolean {
    const again = this.like(focused)?.button;
    if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
    }
    return again !== undefined;
  }

  private reach(chosen: Line | undefined): void {
    if (chosen?.button) {
      for (const { button } of this.lines) {
        if (button) {
          button.tabIndex = button === chosen.button ? 0 : -1;
        }
      }
    }
  }

  private walk(event: KeyboardEvent): void {
    const line = this.lines.findIndex(({ button }) => button !== undefined && button === event.target);
    const at = this.from + line;
    const wanted = STEPS[event.key]?.(at, this.rows.length);
    if (line < 0 || wanted === undefined) {
      return;
    }
    event.preventDefault();
    const row = this.choiceFrom(wanted, Math.sign(wanted - at));
    if (row !== undefined) {
      this.actions.show(row);
      this.lines[row - this.from]?.button?.focus({ preventScroll: true });
    }
  }

  /** The row itself, or the next one that is a choice. */
  private choiceFrom(row: number, step: number): number | undefined {
    for (let at = row; step !== 0 && this.rows[at] !== undefined; at += step) {
      if (this.rows[at]?.key !== '') {
        return at;
      }
    }
    return undefined;
  }
}

/** Where keys lead from a row. */
const STEPS: Readonly<Record<string, (row: number, count: number) => number>> = {
  ArrowDown: (row, count) => Math.min(row + 1, count - 1),
  ArrowUp: (row) => Math.max(row - 1, 0),
  PageDown: (row, count) => Math.min(row + PAGE, count - 1),
  PageUp: (row) => Math.max(row - PAGE, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Rows are counted from 1, and the first is the headings. */
export function rowIndex(row: number): number {
  return row + 2;
}

/** Stands for lines that are not drawn. */
function space(): HTMLTableSectionElement {
  const cell = element('td', { attributes: { colspan: '5' } });
  return element(
    'tbody',
    { className: 'space', attributes: { 'aria-hidden': 'true' } },
    element('tr', {}, cell),
  );
}

function setHeight(space: HTMLTableSectionElement, height: number): void {
  space.hidden = height === 0;
  space.style.setProperty('--height', `${height}px`);
}

function isSame({ row, button }: Line, next: DataTableRow, marks: RowMarks): boolean {
  return (
    row === next ||
    ((button !== undefined) === isChoice(next, marks) && SEEN.every((part) => row[part] === next[part]))
  );
}

function isChoice(row: DataTableRow, { selectable }: RowMarks): boolean {
  return selectable && row.key !== '';
}

function create(row: DataTableRow, marks: RowMarks): Line {
  const label = element('bdi', { text: row.name });
  const button = isChoice(row, marks)
    ? element('button', { className: 'row-name', attributes: { type: 'button', tabindex: '-1' } }, label)
    : undefined;
  const root = element(
    'tr',
    button ? { className: 'choice-row' } : {},
    element('td', { className: 'time', text: row.time }),
    element('th', { className: 'row-head', title: row.name, attributes: { scope: 'row' } }, button ?? label),
    element('td', { className: 'number', text: row.rounded }),
    element('td', { className: 'number exact', text: row.exact }),
    element('td', { className: 'note', text: row.note }),
  );
  return { row, button, root };
}
