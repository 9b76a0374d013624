/**
 * Work that can be left off between any two of its steps, so that a large account is looked through without a pause that a
 * person would feel. A step takes a millisecond or two.
 */
export type TimeSliced<T> = Generator<undefined, T>;

/** Rows per step. */
export const ROWS_A_STEP = 2000;

/** Does the work at once. */
export function runToEnd<T>(steps: TimeSliced<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
