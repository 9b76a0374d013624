import type { Inside } from './extension';

/** The extension's clock; the one of VS Code around it stays as it is. Simulators that are given `now` agree with it. */
export class ExtensionClock {
  readonly #clock: Inside['clock'];
  readonly #machines: () => number;
  #at: number;

  readonly now = (): number => this.#at;

  /** From now on the clock stands still at a time, epoch milliseconds. */
  constructor({ clock }: Inside, at: number) {
    this.#clock = clock;
    this.#machines = clock.now;
    this.#at = at;
    clock.now = this.now;
  }

  moveTo(at: number): void {
    this.#at = at;
  }

  /** Gives the extension the machine's clock again. */
  restore(): void {
    this.#clock.now = this.#machines;
  }
}
