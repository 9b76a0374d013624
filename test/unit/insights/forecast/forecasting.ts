import { DAY, type EpochMs, type UtcDay, utcDay } from '../../../../src/usage/time';

/** A series by day, from the day that holds `start` on. An undefined value is an unknown day. */
export function daysFrom(
  start: EpochMs,
  values: readonly (number | undefined)[],
): ReadonlyMap<UtcDay, number> {
  return new Map(
    values.flatMap((value, day): [UtcDay, number][] =>
      value === undefined ? [] : [[utcDay(start + day * DAY), value]],
    ),
  );
}

/** `count` values that a function makes of the index. */
export function made(count: number, value: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => value(index));
}
