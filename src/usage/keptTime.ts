import { DAY, type EpochMs, SECOND } from './time';

/**
 * Times that are kept are as good as the clock that gave them, and clocks are set wrong and put right again. A time that
 * lies further ahead than it can is void: whatever was kept with it counts as never asked for, never said, never held.
 */

/** How far ahead of now a time can lie that is kept, in ms. */
const LONGEST_AHEAD = {
  /** It has happened: when something was asked for, or told. */
  past: 0,
  /** Until when a vendor wants to be left alone: a longer wait is cut to a day. */
  wait: DAY,
  /** Until when a budget is to be quiet: for the rest of a month at most. */
  quiet: 31 * DAY,
} as const;

export type KeptTime = keyof typeof LONGEST_AHEAD;

/** The longest wait that is kept, in ms. */
export const LONGEST_WAIT_MS = LONGEST_AHEAD.wait;

/** Clocks of two computers that share a folder differ by seconds, and one that is right is put forward or back by less. */
const CLOCKS_DIFFER_MS = 5 * SECOND;

/** The latest time of its kind that is not void. `span`: how far ahead of now it can lie, or the kind that tells. */
export function latestCredible(now: EpochMs, span: KeptTime | number): EpochMs {
  return now + (typeof span === 'number' ? span : LONGEST_AHEAD[span]) + CLOCKS_DIFFER_MS;
}

/** Whether a time that was kept lies further ahead than it can. */
export function isVoid(at: EpochMs, now: EpochMs, kind: KeptTime = 'past'): boolean {
  return at > latestCredible(now, kind);
}
