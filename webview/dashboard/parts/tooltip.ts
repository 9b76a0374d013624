import { displayText } from '../../../src/usage/text';
import type { Column } from '../chart/place';
import { element } from './dom';
import type { TooltipWords } from './tooltipWords';

/** A line of the tooltip, with its mark in the drawing. */
export interface TooltipLine extends TooltipWords {
  readonly mark?: Node | undefined;
}

/** What a tooltip says. */
export interface TooltipContent {
  readonly heading: string;
  readonly lines: readonly TooltipLine[];
  /** Says what the figures are, as of when, and for which account. */
  readonly origin: string;
}

/** Longer than any sentence that we write. */
const ORIGIN_LIMIT = 300;

const GAP = 8;

/**
 * The figures of one slot, beside its column. For eyes only: the live region speaks the same to screen readers, and
 * the table has it for good.
 */
export class Tooltip {
  private readonly box = element('div', { className: 'tooltip', attributes: { 'aria-hidden': 'true' } });

  /** `plot` is the positioned element whose corner the column is measured from. */
  show(plot: HTMLElement, column: Column, { heading, lines, origin }: TooltipContent): void {
    this.box.replaceChildren(
      element('div', { className: 'tooltip-heading', text: heading }),
      element('table', {}, element('tbody', {}, ...lines.map(row))),
      element('p', { className: 'tooltip-origin', text: displayText(origin, ORIGIN_LIMIT) }),
    );
    plot.append(this.box);
    const frame = plot.getBoundingClientRect();
    const { x, y } = place(this.box, frame, column);
    this.box.style.left = `${x - frame.left}px`;
    this.box.style.top = `${y - frame.top}px`;
  }

  hide(): void {
    this.box.remove();
  }
}

/** Beside the column; where both sides are too narrow, below the plot or above it, so that the bars stay in sight. */
function place(box: HTMLElement, frame: DOMRect, column: Column): { x: number; y: number } {
  const { offsetWidth: width, offsetHeight: height } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const within = (at: number, room: number): number => Math.max(GAP, Math.min(at, room - GAP));
  const start = frame.left + column.left;
  const right = start + column.width + GAP;
  const left = start - GAP - width;
  if (right + width <= clientWidth - GAP || left >= GAP) {
    const x = right + width <= clientWidth - GAP ? right : left;
    return { x, y: within(frame.top + column.top, clientHeight - height) };
  }
  const below = frame.bottom + GAP;
  const y = below + height <= clientHeight - GAP ? below : frame.top - GAP - height;
  return { x: within(start, clientWidth - width), y: within(y, clientHeight - height) };
}

function row(line: TooltipLine): HTMLTableRowElement {
  return element(
    'tr',
    line.strong ? { className: 'strong' } : {},
    element('td', { className: 'mark' }, ...(line.mark ? [line.mark] : [])),
    element('td', { className: 'name' }, element('bdi', { text: line.label })),
    element('td', { className: 'number', text: line.rounded }),
    element('td', { className: 'number exact', text: line.exact }),
  );
}
