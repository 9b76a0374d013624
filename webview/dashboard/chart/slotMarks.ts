import { element } from '../parts/dom';
import { markedName, slotName } from '../parts/speech';
import type { Tooltip, TooltipContent } from '../parts/tooltip';
import type { Drawing } from './drawing';
import { type Column, columnOf, type Plot, seenColumn } from './place';
import { markedLines, slotLines } from './slotTip';
import type { Marked } from './walk';

/** Shows what is read or marked: a band over its slots, and a tooltip beside them. */
export class SlotMarks {
  private readonly band = element('div', { className: 'band' });
  private readonly mark = element('div', { className: 'band marked' });
  private shown = false;

  constructor(
    private readonly plot: HTMLElement,
    private readonly tooltip: Tooltip,
  ) {
    // Behind the drawing, whose background is clear.
    plot.prepend(this.band, this.mark);
    this.hide();
  }

  show(slot: number | undefined, marked: Marked | undefined, place: Plot, drawing: Drawing): void {
    this.band.hidden = slot === undefined;
    this.mark.hidden = marked === undefined;
    this.band.classList.toggle('over', drawing.chart.form === 'area');
    if (slot !== undefined) {
      cover(this.band, seenColumn(columnOf(place, slot)));
    }
    if (marked) {
      const column = columnOf(place, marked.first, marked.last);
      cover(this.mark, column);
      const heading = markedName(drawing.chart, marked, drawing.language);
      this.tell(column, { heading, lines: markedLines(drawing, marked), origin: drawing.chart.provenance });
    } else if (slot !== undefined) {
      const heading = slotName(drawing.chart, slot, drawing.language);
      const lines = slotLines(drawing, slot);
      this.tell(columnOf(place, slot), { heading, lines, origin: drawing.chart.provenance });
    } else {
      this.hide();
    }
  }

  /** If this plot shows nothing, the tooltip may belong to another plot. */
  hide(): void {
    this.band.hidden = true;
    this.mark.hidden = true;
    if (this.shown) {
      this.shown = false;
      this.tooltip.hide();
    }
  }

  private tell(column: Column, content: TooltipContent): void {
    this.shown = true;
    this.tooltip.show(this.plot, column, content);
  }
}

function cover(band: HTMLElement, { left, width, top, height }: Column): void {
  band.style.left = `${left}px`;
  band.style.width = `${width}px`;
  band.style.top = `${top}px`;
  band.style.height = `${height}px`;
}
