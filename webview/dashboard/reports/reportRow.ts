import type { ChartTarget, ReportCell, ReportRow, ReportTable } from '../../../src/protocol/report';
import type { DashboardStrings } from '../../../src/protocol/strings';
import { displayText } from '../../../src/usage/text';
import { button } from '../parts/controls';
import { element, hiddenText } from '../parts/dom';
import { gaugeBar } from './gaugeBar';
import { toneMark } from './toneMark';
import type { Place } from './walk';

/** Longer than any text that we write. */
const TEXT_LIMIT = 300;
const DETAIL_LIMIT = 1000;

/** Texts up to this length stay on one line. */
const ONE_LINE = 32;

/** What a person can do with a row. */
export interface RowActions {
  readonly open: (target: ChartTarget) => void;
  readonly dismiss: (name: string) => void;
}

/** A focusable element in a row. */
export interface Item extends Place {
  readonly element: HTMLElement;
  /** Shown beside it on hover or focus. */
  readonly hints: readonly string[];
}

export interface Line {
  readonly root: HTMLTableRowElement;
  readonly items: readonly Item[];
}

/** One row of a table, named by its first cell. `at` is its index, and `dismissable` whether any row has a button. */
export function reportLine(
  row: ReportRow,
  at: number,
  { columns, marked, dismissable }: Shape,
  strings: DashboardStrings,
  actions: RowActions,
): Line {
  const items: Item[] = [];
  const cells = row.cells.map((cell, column) => {
    const first = column === 0;
    const { opens } = row;
    const pressed =
      first && opens
        ? () => {
            actions.open(opens);
          }
        : undefined;
    const { parts, focusable } = contents(cell, pressed, strings);
    if (focusable) {
      const detail = cell.detail === undefined ? [] : [displayText(cell.detail, DETAIL_LIMIT)];
      const hints = pressed ? [...detail, strings.showInChart] : detail;
      items.push({ row: at, column, element: focusable, hints });
    }
    return element(
      first ? 'th' : 'td',
      {
        className: columns[column]?.numeric === true ? 'number' : textClass(cell),
        attributes: { ...(first ? { scope: 'row' } : {}), 'data-heading': headingOf(columns[column]) },
      },
      ...(first && marked ? [toneMark(row.tone, strings)] : []),
      ...parts,
      ...(cell.gauge ? [gaugeBar(cell.gauge)] : []),
    );
  });
  const last = dismissable ? [dismissCell(row, at, items, strings, actions)] : [];
  return { root: element('tr', {}, ...cells, ...last), items };
}

/** Times and states stay on one line; sentences may wrap. */
function textClass({ text }: ReportCell): string {
  return text.length <= ONE_LINE ? 'text one-line' : 'text';
}

/** What the rows of a table have in common. */
export interface Shape {
  readonly columns: ReportTable['columns'];
  /** Whether any row has a sign; if so, the others leave room for it. */
  readonly marked: boolean;
  readonly dismissable: boolean;
}

export function shapeOf({ columns, rows }: ReportTable): Shape {
  return {
    columns,
    marked: rows.some(({ tone }) => tone !== 'neutral'),
    dismissable: rows.some(({ dismiss }) => dismiss !== undefined),
  };
}

export function headingOf(column: ReportTable['columns'][number] | undefined): string {
  return displayText(column?.heading ?? '');
}

function contents(
  { text, detail }: ReportCell,
  pressed: (() => void) | undefined,
  strings: DashboardStrings,
): { parts: HTMLElement[]; focusable?: HTMLElement } {
  const shown = element('bdi', { text: displayText(text, TEXT_LIMIT) });
  const more = detail === undefined ? [] : [hiddenText(`, ${displayText(detail, DETAIL_LIMIT)}`)];
  if (pressed) {
    const focusable = button('', 'row-name', pressed);
    focusable.append(shown);
    focusable.setAttribute('aria-description', strings.showInChart);
    return { parts: [focusable, ...more], focusable };
  }
  if (detail === undefined) {
    return { parts: [shown] };
  }
  const focusable = element('span', { className: 'detailed' }, shown, ...more);
  return { parts: [focusable], focusable };
}

function dismissCell(
  { cells, dismiss }: ReportRow,
  row: number,
  items: Item[],
  strings: DashboardStrings,
  actions: RowActions,
): HTMLElement {
  const cell = element('td', { className: 'row-action' });
  if (dismiss !== undefined) {
    const made = button(strings.dismiss, 'quiet-button', () => {
      actions.dismiss(dismiss);
    });
    made.setAttribute('aria-label', `${strings.dismiss}: ${displayText(cells[0]?.text ?? '', TEXT_LIMIT)}`);
    cell.append(made);
    items.push({ row, column: cells.length, element: made, hints: [] });
  }
  return cell;
}
