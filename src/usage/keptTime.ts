import { DAY, type EpochMs, SECOND } from './time';

/**
 * Stored times are only as good as the clock they came from, and a wrong clock may be corrected later. A time too far in the
 * future is void: whatever was stored with it counts as never requested, never reported, never held.
 */

/** How far ahead of now a stored time can be, in ms. */
const LONGEST_AHEAD = {
  /** Past events: when something was requested or reported. */
  past: 0,
  /** Until when a vendor asked to wait; a longer wait is cut to a day. */
  wait: DAY,
  /** Until when a budget is muted: the rest of a month at most. */
  quiet: 31 * DAY,
} as const;

export type KeptTime = keyof typeof LONGEST_AHEAD;

/** The longest wait that is stored, in ms. */
export const LONGEST_WAIT_MS = LONGEST_AHEAD.wait;

/** Clocks of two computers that share a folder differ by seconds; corrections of a right clock are smaller. */
const CLOCKS_DIFFER_MS = 5 * SECOND;

/** The latest time that is not void. `span`: how far ahead of now it can be, or the kind that determines it. */
export function latestCredible(now: EpochMs, span: KeptTime | number): EpochMs {
  return now + (typeof span === 'number' ? span : LONGEST_AHEAD[span]) + CLOCKS_DIFFER_MS;
}

/** Whether a stored time is further ahead than its kind allows. */
export function isVoid(at: EpochMs, now: EpochMs, kind: KeptTime = 'past'): boolean {
  return at > latestCredible(now, kind);
}
