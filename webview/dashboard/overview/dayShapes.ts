import type { DayBars } from '../../../src/protocol/overview';

/** Height of the base line, in CSS pixels. */
export const LINE = 1;

/** Where a known day is drawn, from the top of the drawing. */
export interface DayShape {
  readonly slot: number;
  readonly top: number;
  readonly height: number;
}

/** The base line, and the days that are known; `room` is for bars alone, in pixels. */
export function dayShapes(
  { values, begun }: DayBars,
  room: number,
): { readonly base: number; readonly days: readonly DayShape[] } {
  const known = [...values.subarray(0, begun)].flatMap((value, slot) =>
    Number.isNaN(value) ? [] : [{ slot, value }],
  );
  const low = Math.min(0, ...known.map(({ value }) => value));
  const high = Math.max(0, ...known.map(({ value }) => value));
  const perUnit = high > low ? room / (high - low) : 0;
  const base = high > low ? high * perUnit : room;
  return {
    base,
    days: known.map(({ slot, value }) => ({
      slot,
      top: value < 0 ? base + LINE : base - value * perUnit,
      height: Math.abs(value) * perUnit,
    })),
  };
}
