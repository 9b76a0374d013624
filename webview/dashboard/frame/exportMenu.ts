import type { PageContext } from '../pageContext';
import { button } from '../parts/controls';
import { element } from '../parts/dom';

/** A button with a menu of two: all rows of the period, as CSV or as JSON. */
export class ExportMenu {
  readonly root: HTMLElement;
  private readonly opener: HTMLButtonElement;
  private readonly menu: HTMLElement;
  private readonly items: readonly HTMLButtonElement[];

  constructor({ language: { strings }, send }: PageContext) {
    const item = (text: string, format: 'csv' | 'json'): HTMLButtonElement => {
      const made = button(text, 'menu-item', () => {
        this.close();
        send({ type: 'exportRows', format });
      });
      made.setAttribute('role', 'menuitem');
      made.tabIndex = -1;
      return made;
    };
    this.items = [item(strings.csv, 'csv'), item(strings.json, 'json')];
    this.menu = element('div', { className: 'menu', attributes: { role: 'menu' } }, ...this.items);
    this.opener = button(strings.exportRows, 'secondary menu-button', () => {
      if (this.menu.hidden) {
        this.open(0);
      } else {
        this.close();
      }
    });
    this.opener.setAttribute('aria-haspopup', 'menu');
    this.menu.setAttribute('aria-label', strings.exportRows);
    this.root = element('div', { className: 'menu-frame' }, this.opener, this.menu);
    this.hide();
    this.listen();
  }

  private listen(): void {
    this.root.addEventListener('keydown', (event) => {
      const move = this.moveOf(event.key);
      if (move) {
        event.preventDefault();
        event.stopPropagation();
        move();
      }
    });
    this.root.addEventListener('focusout', (event) => {
      if (!this.root.contains(event.relatedTarget as Node | null)) {
        this.hide();
      }
    });
  }

  private moveOf(key: string): (() => void) | undefined {
    const count = this.items.length;
    const at = this.items.findIndex((item) => item === document.activeElement);
    const to = (place: number) => () => {
      this.open((place + count) % count);
    };
    if (this.menu.hidden) {
      return key === 'ArrowDown' ? to(0) : key === 'ArrowUp' ? to(count - 1) : undefined;
    }
    switch (key) {
      case 'ArrowDown':
        return to(at + 1);
      case 'ArrowUp':
        return to(at < 0 ? count - 1 : at - 1);
      case 'Home':
        return to(0);
      case 'End':
        return to(count - 1);
      case 'Escape':
        return () => {
          this.close();
        };
      default:
        return undefined;
    }
  }

  private open(place: number): void {
    this.menu.hidden = false;
    this.opener.setAttribute('aria-expanded', 'true');
    this.items[place]?.focus();
  }

  /** Gives the focus back to the button, and closes. */
  private close(): void {
    this.opener.focus();
    this.hide();
  }

  private hide(): void {
    this.menu.hidden = true;
    this.opener.setAttribute('aria-expanded', 'false');
  }
}
