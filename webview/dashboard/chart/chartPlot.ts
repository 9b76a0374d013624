import type { DashboardView } from '../../../src/protocol/messages';
import type { PageContext } from '../pageContext';
import { element, hiddenText } from '../parts/dom';
import { speakMarked, speakSlot, summarise } from '../parts/speech';
import { UsageChart } from './charts';
import { Dragging } from './dragging';
import type { Drawing } from './drawing';
import { nearestSlot, slotAt } from './place';
import { SlotMarks } from './slotMarks';
import { type Marked, marked, periodOf, slotAfterKey } from './walk';

/**
 * The drawing of one chart, and what pointer and keys do on it: they read its slots, mark some to zoom in on, and select
 * a machine.
 */
export class ChartPlot {
  readonly root: HTMLDivElement;
  private readonly canvas = element('canvas', { attributes: { role: 'img' } });
  private readonly marks: SlotMarks;
  private readonly dragging: Dragging;
  private chart: UsageChart | undefined;
  private drawing: Drawing | undefined;
  private view: DashboardView | undefined;
  /** The slot that is read. */
  private slot: number | undefined;
  private marked: Marked | undefined;
  /** Where marking by keys began. */
  private anchor: number | undefined;
  /** The selection before a click changed it, to undo the click if it becomes a double-click. */
  private beforeClick: string | null | undefined;

  constructor(
    private readonly context: PageContext,
    titleId: string,
  ) {
    const keys = hiddenText(context.language.strings.chartKeys);
    keys.id = `${titleId}-keys`;
    this.root = element(
      'div',
      {
        className: 'plot',
        // An application receives the arrow keys, which a screen reader would otherwise keep for itself.
        attributes: {
          tabindex: '0',
          role: 'application',
          'aria-labelledby': titleId,
          'aria-describedby': keys.id,
        },
      },
      this.canvas,
      keys,
    );
    this.marks = new SlotMarks(this.root, context.tooltip);
    this.dragging = this.listenToDragging();
    this.listenToPointer();
    this.listenToKeys();
  }

  /** Keeps what is read and marked, as long as the axis is the same. */
  update(drawing: Drawing, view: DashboardView): void {
    const before = this.drawing;
    this.drawing = drawing;
    this.view = view;
    this.canvas.setAttribute(
      'aria-label',
      summarise(drawing.chart, drawing.model, view.shown, drawing.language),
    );
    if (this.chart) {
      this.chart.draw(drawing);
    } else {
      this.chart = new UsageChart(this.canvas, drawing, () => {
        this.leave();
      });
    }
    if (before && sameAxis(before, drawing)) {
      this.show();
    } else {
      this.leave();
    }
  }

  /** Undefined until something has been drawn. */
  picture(): HTMLCanvasElement | undefined {
    return this.chart?.picture();
  }

  leave(): void {
    this.slot = undefined;
    this.marked = undefined;
    this.anchor = undefined;
    this.dragging.cancel();
    this.marks.hide();
  }

  dispose(): void {
    this.leave();
    this.chart?.dispose();
  }

  private listenToPointer(): void {
    this.root.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'touch' && !this.dragging.active) {
        this.goTo(this.slotUnder(event));
      }
    });
    this.root.addEventListener('pointerleave', () => {
      if (!this.dragging.active) {
        this.leave();
      }
    });
    this.root.addEventListener('click', (event) => {
      // Ignore the second click of a double-click.
      if (!this.dragging.swallowsClick && event.detail < 2) {
        this.goTo(this.slotUnder(event));
        this.click(event);
      }
    });
    this.root.addEventListener('dblclick', () => {
      if (this.view?.choices.zoom) {
        if (this.beforeClick !== undefined) {
          this.context.send({ type: 'select', subjectId: this.beforeClick });
        }
        this.zoomOut();
      }
    });
  }

  private listenToDragging(): Dragging {
    return new Dragging(this.root, {
      nearest: (event) => {
        const begun = this.drawing?.chart.begun ?? 0;
        return this.chart && begun > 0
          ? nearestSlot(this.chart.plot(), begun, this.place(event).left)
          : undefined;
      },
      marking: (slots) => {
        this.slot = undefined;
        this.marked = slots;
        this.show();
      },
      done: (slots) => {
        this.zoomIn(slots);
      },
      cancelled: () => {
        this.leave();
      },
    });
  }

  private listenToKeys(): void {
    this.root.addEventListener('keydown', (event) => {
      if (
        this.drawing &&
        !event.altKey &&
        !event.ctrlKey &&
        !event.metaKey &&
        this.press(event, this.drawing)
      ) {
        event.preventDefault();
      }
    });
    this.root.addEventListener('blur', () => {
      this.leave();
    });
  }

  /** Whether the key was one of ours. */
  private press({ key, shiftKey }: KeyboardEvent, drawing: Drawing): boolean {
    if (key === 'Escape') {
      return this.escape();
    }
    if (key === 'Enter' && this.marked) {
      this.zoomIn(this.marked);
      return true;
    }
    const { chart, model, language } = drawing;
    const next = slotAfterKey(key, this.slot, chart);
    if (next === undefined) {
      return false;
    }
    this.anchor = shiftKey ? (this.anchor ?? this.slot ?? next) : undefined;
    this.marked = this.anchor === undefined ? undefined : marked(this.anchor, next);
    this.slot = next;
    this.show();
    this.context.live.speak(
      this.marked
        ? speakMarked(chart, model, this.marked, language)
        : speakSlot(chart, model, next, language),
    );
    return true;
  }

  /** Clears what is marked or read first, and only then the zoom. */
  private escape(): boolean {
    if (this.slot !== undefined || this.marked) {
      this.leave();
      return true;
    }
    if (this.view?.choices.zoom) {
      this.zoomOut();
      return true;
    }
    return false;
  }

  private click(event: MouseEvent): void {
    this.beforeClick = undefined;
    const { left, top } = this.place(event);
    const index = this.chart?.seriesAt(left, top);
    const series = index === undefined ? undefined : this.drawing?.chart.series[index];
    if (series?.kind === 'machine') {
      this.beforeClick = this.view?.selected?.subjectId ?? null;
      const subjectId = index === this.drawing?.selected ? null : series.key;
      this.context.send({ type: 'select', subjectId });
    }
  }

  private zoomIn(slots: Marked): void {
    this.leave();
    if (this.drawing) {
      this.context.send({ type: 'choose', change: { zoom: periodOf(this.drawing.chart, slots) } });
    }
  }

  private zoomOut(): void {
    this.context.send({ type: 'choose', change: { zoom: null } });
  }

  private goTo(slot: number | undefined): void {
    if (slot === undefined) {
      this.leave();
    } else if (slot !== this.slot || this.marked) {
      this.anchor = undefined;
      this.marked = undefined;
      this.slot = slot;
      this.show();
    }
  }

  private show(): void {
    if (this.chart && this.drawing) {
      this.marks.show(this.slot, this.marked, this.chart.plot(), this.drawing);
    }
  }

  private slotUnder(event: MouseEvent): number | undefined {
    return this.chart && this.drawing
      ? slotAt(this.chart.plot(), this.drawing.chart.begun, this.place(event).left)
      : undefined;
  }

  /** In CSS pixels from the canvas's corner. */
  private place({ clientX, clientY }: MouseEvent): { left: number; top: number } {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { left: clientX - left, top: clientY - top };
  }
}

function sameAxis({ chart: a }: Drawing, { chart: b }: Drawing): boolean {
  return (
    a.granularity === b.granularity &&
    a.starts.length === b.starts.length &&
    a.starts[0] === b.starts[0] &&
    a.begun <= b.begun
  );
}
