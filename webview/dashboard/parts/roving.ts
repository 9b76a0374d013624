/** Where arrow keys lead from one control to another. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Makes the controls of a group one stop of the Tab key: left and right arrow keys, Home and End go from one to the next.
 * Text fields and dates keep these keys, and their own stop.
 */
export class Roving {
  private current: HTMLElement | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly selector: string,
  ) {
    root.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      const controls = this.controls();
      const at = controls.findIndex((control) => control === event.target);
      if (step === undefined || at < 0 || event.defaultPrevented) {
        return;
      }
      event.preventDefault();
      controls[step(at, controls.length)]?.focus();
    });
    root.addEventListener('focusin', ({ target }) => {
      this.current = target as HTMLElement;
      this.update();
    });
  }

  /** After controls were added, hidden or disabled. */
  update(): void {
    const controls = this.controls();
    const current = controls.find((control) => control === this.current) ?? controls[0];
    for (const control of controls) {
      control.tabIndex = control === current ? 0 : -1;
    }
  }

  private controls(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(this.selector)].filter(
      (control) => control.closest('[hidden]') === null && !control.matches(':disabled'),
    );
  }
}
