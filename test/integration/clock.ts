import type { Inside } from './extension';

/** The extension's clock; the one of VS Code around it stays as it is. Simulators that are given `now` agree with it. */
export class ExtensionClock {
  readonly #restore: () => void;
  #at: number;

  /** From now on the clock stands still at a time, epoch milliseconds. */
  constructor({ clock }: Inside, at: number) {
    const { now } = clock;
    this.#at = at;
    clock.now = this.now;
    this.#restore = () => {
      clock.now = now;
    };
  }

  readonly now = (): number => this.#at;

  moveTo(at: number): void {
    this.#at = at;
  }

  /** Gives the extension the machine's clock again. */
  restore(): void {
    this.#restore();
  }
}
