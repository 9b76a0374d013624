import { displayText } from '../../../src/usage/text';
import { element } from '../parts/dom';

/** Pause in typing before a search, in milliseconds. */
const PAUSE = 250;

/** A field for text that the host searches for. While a person is in it, no view changes the text. */
export class SearchField {
  readonly root = element('input', { attributes: { type: 'search' } });
  private sent = '';
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly look: (text: string) => void) {
    this.root.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.send();
      }, PAUSE);
    });
    // On Enter, and when it is left.
    this.root.addEventListener('change', () => {
      this.send();
    });
  }

  update({ text, hint }: { readonly text: string; readonly hint: string }): void {
    this.root.placeholder = displayText(hint);
    this.root.setAttribute('aria-label', displayText(hint));
    if (document.activeElement !== this.root && this.waiting === undefined) {
      this.root.value = text;
      this.sent = text;
    }
  }

  private send(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (this.root.value !== this.sent) {
      this.sent = this.root.value;
      this.look(this.sent);
    }
  }
}
