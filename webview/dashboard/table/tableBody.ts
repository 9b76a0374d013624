import { element, isMarked } from '../parts/dom';
import type { TwinRow } from './tableRows';

/** How rows are shown, besides their contents. */
export interface RowMarks {
  /** Whether a row with a machine selects it. */
  readonly selectable: boolean;
  readonly selectedKey: string | undefined;
}

interface Drawn {
  readonly row: TwinRow;
  readonly button: HTMLButtonElement | undefined;
  readonly line: HTMLTableRowElement;
}

/** The visible fields of a row: its line is redrawn only when one changes. */
const SEEN = ['at', 'time', 'key', 'name', 'rounded', 'exact', 'note'] as const;

/**
 * The lines of a table. A row with a machine has its name on a button; one of them is reached by Tab, the others from
 * there by arrow keys, so that two hundred rows are not two hundred steps. Lines that did not change are left alone.
 */
export class TableBody {
  readonly root = element('tbody');
  private drawn: Drawn[] = [];

  constructor(private readonly choose: (key: string) => void) {
    this.root.addEventListener('click', (event) => {
      const pressed = this.drawn.find(({ line }) => line.contains(event.target as Node));
      if (pressed?.button && !isMarked(pressed.line)) {
        this.choose(pressed.row.key);
      }
    });
    this.root.addEventListener('keydown', (event) => {
      this.walk(event);
    });
    this.root.addEventListener('focusin', (event) => {
      this.reach(this.drawn.find(({ button }) => button !== undefined && button === event.target));
    });
  }

  /** True when the focus was in a line that is gone, so that the caller may put it somewhere near. */
  draw(rows: readonly TwinRow[], marks: RowMarks): boolean {
    const focused = this.drawn.find(
      ({ button }) => button !== undefined && button === document.activeElement,
    );
    const reached = this.drawn.find(({ button }) => button?.tabIndex === 0);
    const before = this.drawn;
    this.drawn = rows.map((row, index) => {
      const old = before[index];
      return old && isSame(old, row, marks) ? old : create(row, marks);
    });
    this.drawn.forEach(({ line }, index) => {
      const there = before[index]?.line;
      if (there === undefined) {
        this.root.append(line);
      } else if (there !== line) {
        there.replaceWith(line);
      }
    });
    before.slice(rows.length).forEach(({ line }) => {
      line.remove();
    });
    this.mark(marks.selectedKey);
    this.reach(this.like(reached) ?? this.drawn.find(({ button }) => button !== undefined));
    return focused !== undefined && !this.keepFocus(focused);
  }

  private mark(selectedKey: string | undefined): void {
    for (const { row, button, line } of this.drawn) {
      const selected = button !== undefined && row.key === selectedKey;
      line.classList.toggle('selected', selected);
      button?.setAttribute('aria-pressed', String(selected));
    }
  }

  /** The line of the same slot and machine. */
  private like(wanted: Drawn | undefined): Drawn | undefined {
    return wanted && this.drawn.find(({ row }) => row.at === wanted.row.at && row.key === wanted.row.key);
  }

  private keepFocus(focused: Drawn): boolean {
    const again = this.like(focused)?.button;
    if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
    }
    return again !== undefined;
  }

  private reach(chosen: Drawn | undefined): void {
    if (chosen?.button) {
      for (const { button } of this.drawn) {
        if (button) {
          button.tabIndex = button === chosen.button ? 0 : -1;
        }
      }
    }
  }

  private walk(event: KeyboardEvent): void {
    const buttons = this.drawn.flatMap(({ button }) => button ?? []);
    const at = buttons.findIndex((button) => button === event.target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at >= 0 && next !== undefined) {
      event.preventDefault();
      buttons[next]?.focus();
    }
  }
}

function isSame({ row, button }: Drawn, next: TwinRow, marks: RowMarks): boolean {
  return (button !== undefined) === isChoice(next, marks) && SEEN.every((part) => row[part] === next[part]);
}

function isChoice(row: TwinRow, { selectable }: RowMarks): boolean {
  return selectable && row.key !== '';
}

function create(row: TwinRow, marks: RowMarks): Drawn {
  const label = element('bdi', { text: row.name });
  const button = isChoice(row, marks)
    ? element('button', { className: 'row-name', attributes: { type: 'button', tabindex: '-1' } }, label)
    : undefined;
  const line = element(
    'tr',
    button ? { className: 'choice-row' } : {},
    element('td', { className: 'time', text: row.time }),
    element('th', { className: 'row-head', title: row.name, attributes: { scope: 'row' } }, button ?? label),
    element('td', { className: 'number', text: row.rounded }),
    element('td', { className: 'number exact', text: row.exact }),
    element('td', { className: 'note', text: row.note }),
  );
  return { row, button, line };
}
