import type { Chart } from '../../../src/protocol/chart';
import { type Granularity, lengthOf } from '../../../src/usage/range';
import type { Period } from '../../../src/usage/time';

/** Slots that a person marked, both ends included. */
export interface Marked {
  readonly first: number;
  readonly last: number;
}

export function marked(from: number, to: number): Marked {
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

/** How far Page Up and Page Down go: a day of hours, or a week of days. */
const PAGE: Readonly<Record<Granularity, number>> = { hour: 24, day: 7 };

/**
 * The slot that a key leads to, among `begun` ones; undefined for any other key. Without `from`, keys to the
 * right begin at the first slot, and keys to the left at the last one.
 */
export function slotAfterKey(
  key: string,
  from: number | undefined,
  { begun, granularity }: Pick<Chart, 'begun' | 'granularity'>,
): number | undefined {
  const last = begun - 1;
  const step = (by: number): number =>
    from === undefined ? (by > 0 ? 0 : last) : Math.max(0, Math.min(from + by, last));
  switch (begun > 0 ? key : '') {
    case 'ArrowRight':
      return step(1);
    case 'ArrowLeft':
      return step(-1);
    case 'PageDown':
      return step(PAGE[granularity]);
    case 'PageUp':
      return step(-PAGE[granularity]);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** The time that marked slots cover. */
export function periodOf(
  { starts, granularity }: Pick<Chart, 'starts' | 'granularity'>,
  { first, last }: Marked,
): Period {
  const end = (starts[last] ?? NaN) + lengthOf(granularity);
  return { start: starts[first] ?? NaN, end };
}
