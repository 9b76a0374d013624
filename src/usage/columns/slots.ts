import type { EpochMs } from '../time';

/** Equal stretches of time on a chart's axis: hours or UTC days. */
export interface Slots {
  /** When the first one begins. */
  readonly start: EpochMs;
  /** Milliseconds. */
  readonly length: number;
  readonly count: number;
}

/** The slot that holds an instant; −1 outside. */
export function slotAt({ start, length, count }: Slots, at: EpochMs): number {
  const slot = Math.floor((at - start) / length);
  return slot >= 0 && slot < count ? slot : -1;
}

/** The same slots, starting at another time. */
export function shifted(slots: Slots, start: EpochMs): Slots {
  return { ...slots, start };
}
