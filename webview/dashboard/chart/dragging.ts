import { type Marked, marked } from './walk';

/** The outcome of dragging over a plot. */
export interface DragOutcome {
  /** The slot at a point of the page, or the nearest one; undefined while there are no slots. */
  readonly nearest: (event: PointerEvent) => number | undefined;
  readonly marking: (slots: Marked) => void;
  /** The button was released on another slot than it was pressed on. */
  readonly done: (slots: Marked) => void;
  readonly cancelled: () => void;
}

/**
 * Marks slots with a mouse whose main button is held down. Fingers and pens scroll the page, as everywhere; a press that
 * stays within one slot is a click.
 */
export class Dragging {
  private from: number | undefined;
  private slots: Marked | undefined;
  private ended = false;

  constructor(
    private readonly plot: HTMLElement,
    private readonly outcome: DragOutcome,
  ) {
    plot.addEventListener('pointerdown', (event) => {
      this.ended = false;
      this.from = event.pointerType === 'mouse' && event.button === 0 ? outcome.nearest(event) : undefined;
    });
    plot.addEventListener('pointermove', (event) => {
      this.move(event);
    });
    plot.addEventListener('pointerup', () => {
      this.finish();
    });
    plot.addEventListener('pointercancel', () => {
      this.cancel();
    });
  }

  get active(): boolean {
    return this.slots !== undefined;
  }

  /** Whether the current click only ends a drag. */
  get swallowsClick(): boolean {
    return this.ended;
  }

  cancel(): void {
    const { active } = this;
    this.end();
    if (active) {
      this.outcome.cancelled();
    }
  }

  private move(event: PointerEvent): void {
    if (this.from === undefined) {
      return;
    }
    if ((event.buttons & 1) === 0) {
      // Released outside the plot, without an event.
      this.cancel();
      return;
    }
    const to = this.outcome.nearest(event);
    if (to === undefined || (to === this.from && !this.active)) {
      return;
    }
    if (!this.active) {
      this.plot.setPointerCapture(event.pointerId);
    }
    this.slots = marked(this.from, to);
    this.outcome.marking(this.slots);
  }

  private finish(): void {
    const { slots } = this;
    if (!slots || slots.first === slots.last) {
      this.cancel();
      return;
    }
    this.end();
    this.outcome.done(slots);
  }

  private end(): void {
    this.ended ||= this.active;
    this.from = undefined;
    this.slots = undefined;
  }
}
