import { displayText } from '../../../src/usage/text';
import type { Column } from '../chart/place';
import { element } from './dom';
import { freeSpot, leastBadSpot, type Size, type Spot } from './tooltipSpot';
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
    const { x, y } = this.place(frame, column);
    this.box.style.left = `${x - frame.left}px`;
    this.box.style.top = `${y - frame.top}px`;
  }

  hide(): void {
    this.box.remove();
  }

  /** Without exact figures and their origin, which the table and the chart's head have, where there is little room. */
  private place(frame: DOMRect, column: Column): Spot {
    for (const short of [false, true]) {
      this.box.classList.toggle('short', short);
      const spot = freeSpot(sizeOf(this.box), pageSize(), frame, column);
      if (spot) {
        return spot;
      }
    }
    return leastBadSpot(sizeOf(this.box), pageSize(), frame, column);
  }
}

function sizeOf({ offsetWidth: width, offsetHeight: height }: HTMLElement): Size {
  return { width, height };
}

function pageSize(): Size {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  return { width, height };
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
