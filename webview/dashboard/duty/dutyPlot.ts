import type { PageContext } from '../pageContext';
import { element, hiddenText } from '../parts/dom';
import { boxOf, cellAt, dutyLayout } from './dutyLayout';
import { drawDuty, type DutyDrawing, labelRoom } from './dutyMap';
import { type DutyModel, walk } from './dutyModel';
import type { DutyPaint } from './dutyPaint';
import { cellName, dutyLines, speakCell, summariseDuty } from './dutyWords';

let plots = 0;

/** The map itself, with what pointer and keys show of its cells. */
export class DutyPlot {
  readonly root: HTMLElement;
  private readonly canvas = element('canvas', { attributes: { 'aria-hidden': 'true' } });
  private readonly cursor = element('div', { className: 'duty-cursor' });
  private readonly resized: ResizeObserver;
  private model: DutyModel | undefined;
  private paint: DutyPaint | undefined;
  private drawn: DutyDrawing | undefined;
  private cell: number | undefined;

  constructor(private readonly context: PageContext) {
    const keys = hiddenText(context.language.strings.dutyKeys);
    keys.id = `duty-keys-${plots++}`;
    this.root = element(
      'div',
      {
        className: 'duty-plot',
        // An application receives the arrow keys, which a screen reader would otherwise keep for itself.
        attributes: { tabindex: '0', role: 'application', 'aria-describedby': keys.id },
      },
      this.canvas,
      this.cursor,
      keys,
    );
    this.cursor.hidden = true;
    this.resized = new ResizeObserver(() => {
      if (this.root.clientWidth !== this.drawn?.layout.width) {
        this.draw();
      }
    });
    this.resized.observe(this.root);
    this.listen();
  }

  /** What is drawn; undefined while the page has no place for it. */
  get drawing(): DutyDrawing | undefined {
    return this.drawn;
  }

  /** Keeps the shown cell, with its new figures, as long as the days are the same. */
  update(model: DutyModel, paint: DutyPaint): void {
    const sameDays = String(this.model?.map.days) === String(model.map.days);
    this.model = model;
    this.paint = paint;
    this.root.setAttribute('aria-label', summariseDuty(model, this.context.language));
    if (!sameDays) {
      this.leave();
    }
    this.draw();
  }

  leave(): void {
    if (this.cell !== undefined) {
      this.cell = undefined;
      this.cursor.hidden = true;
      this.context.tooltip.hide();
    }
  }

  dispose(): void {
    this.leave();
    this.resized.disconnect();
  }

  /** Draws once it has a place on the page, that is, a width. */
  private draw(): void {
    const { model, paint, context } = this;
    const { language } = context;
    const width = this.root.clientWidth;
    if (!model || !paint || width === 0) {
      return;
    }
    const layout = dutyLayout(width, model.map.days.length, labelRoom(model, paint, language));
    this.drawn = { model, layout, paint, language };
    drawDuty(this.canvas, this.drawn);
    if (this.cell !== undefined) {
      this.show(this.cell);
    }
  }

  private listen(): void {
    this.root.addEventListener('pointermove', (event) => {
      const corner = this.canvas.getBoundingClientRect();
      const [x, y] = [event.clientX - corner.left, event.clientY - corner.top];
      this.goTo(this.drawn && cellAt(this.drawn.layout, x, y));
    });
    this.root.addEventListener('pointerleave', () => {
      this.leave();
    });
    this.root.addEventListener('blur', () => {
      this.leave();
    });
    this.root.addEventListener('keydown', (event) => {
      if (!event.altKey && !event.ctrlKey && !event.metaKey) {
        this.press(event);
      }
    });
  }

  private press(event: KeyboardEvent): void {
    const { drawn, cell } = this;
    if (event.key === 'Escape') {
      this.leave();
    }
    if (!drawn || drawn.model.last < 0) {
      return;
    }
    const { model, layout, language } = drawn;
    const next = walk(cell ?? model.last, event.key, model.last, layout.daysAcross);
    if (next !== undefined) {
      event.preventDefault();
      // The first key enters the map at the newest hour.
      const entered = cell === undefined ? model.last : next;
      this.goTo(entered);
      this.context.live.speak(speakCell(model, entered, language));
    }
  }

  private goTo(cell: number | undefined): void {
    if (cell === undefined || this.drawn?.model.states[cell] === 'toCome') {
      this.leave();
    } else if (cell !== this.cell) {
      this.show(cell);
    }
  }

  private show(cell: number): void {
    if (!this.drawn) {
      return;
    }
    const { model, layout, language } = this.drawn;
    this.cell = cell;
    const box = boxOf(layout, cell);
    this.cursor.hidden = false;
    this.cursor.style.left = `${box.left}px`;
    this.cursor.style.top = `${box.top}px`;
    this.cursor.style.width = `${box.width}px`;
    this.cursor.style.height = `${box.height}px`;
    const lines = dutyLines(model, cell, language);
    // Beside the cell, or right below it, rather than below a map that may be taller than the screen.
    this.context.tooltip.show(
      this.cursor,
      { ...box, left: 0, top: 0 },
      { heading: cellName(model, cell, language), lines, origin: model.map.provenance },
    );
  }
}
