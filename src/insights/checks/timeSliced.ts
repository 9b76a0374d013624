/**
 * Work that can pause between any two steps, so that checking a large account causes no delay that a person would notice.
 * A step takes a millisecond at most.
 */
export type TimeSliced<T> = Generator<undefined, T>;

/** Rows per step. */
export const ROWS_A_STEP = 500;

/** Does the work at once. */
export function runToEnd<T>(steps: TimeSliced<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
