import { element } from './dom';

const GAP = 6;

/** A pointer on its way elsewhere does not rest so long. */
const REST_MS = 300;

/** Sentences beside the hovered or focused element. For eyes only: the element also has them as hidden text. */
export class Hint {
  private readonly box = element('div', {
    className: 'tooltip hint',
    attributes: { 'aria-hidden': 'true' },
  });
  private target: Element | undefined;

  constructor() {
    // A focused element scrolls into view after it has the focus.
    document.addEventListener(
      'scroll',
      () => {
        this.place();
      },
      { capture: true, passive: true },
    );
  }

  show(target: Element, lines: readonly string[]): void {
    this.target = target;
    this.box.replaceChildren(...lines.map((text) => element('p', {}, element('bdi', { text }))));
    document.body.append(this.box);
    this.place();
  }

  /** Shows sentences while an element has the focus, or once the pointer rests on it; `lines` are asked for each time. */
  attach(target: HTMLElement, lines: () => readonly string[]): void {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      this.show(target, lines());
    };
    // Another element may have been entered before this one is left.
    const hide = (): void => {
      clearTimeout(resting);
      this.leave(target);
    };
    target.addEventListener('pointerenter', () => {
      resting = setTimeout(show, REST_MS);
    });
    target.addEventListener('focus', show);
    target.addEventListener('pointerleave', hide);
    target.addEventListener('blur', hide);
  }

  isBeside(target: Element): boolean {
    return this.target === target;
  }

  /** Replaces the sentences beside an element, if they are shown. */
  update(target: Element, lines: readonly string[]): void {
    if (this.isBeside(target)) {
      this.show(target, lines);
    }
  }

  /** Hides what stands beside an element that goes. */
  leave(target: Element): void {
    if (this.isBeside(target)) {
      this.hide();
    }
  }

  /** True if one was shown. */
  hide(): boolean {
    const shown = this.target !== undefined;
    this.target = undefined;
    this.box.remove();
    return shown;
  }

  /** Below the target; where there is no room, above it. */
  private place(): void {
    if (!this.target) {
      return;
    }
    const { left, top, bottom } = this.target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = bottom + GAP;
    this.box.style.left = `${Math.max(GAP, Math.min(left, clientWidth - width - GAP))}px`;
    this.box.style.top = `${below + height <= clientHeight ? below : Math.max(GAP, top - GAP - height)}px`;
  }
}
