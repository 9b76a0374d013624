import { element } from './dom';

/** Speaks to screen readers; shows nothing. */
export class LiveRegion {
  private readonly region = element('div', {
    className: 'visually-hidden',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });

  constructor(parent: HTMLElement) {
    parent.append(this.region);
  }

  /** Says nothing when there is nothing to say. */
  speak(text: string): void {
    if (text !== '') {
      // A new node, so that the same words twice are spoken twice.
      this.region.replaceChildren(element('p', { text }));
    }
  }
}
