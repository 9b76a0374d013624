import type { Choices } from '../../../protocol/choices';
import type { Slots } from '../../../usage/columns/slots';
import {
  allowsHours,
  type Granularity,
  lengthOf,
  type Range,
  resolveRange,
  slotsOf,
  zoomedIn,
} from '../../../usage/range';
import { daysOf, type EpochMs, type Period, type UtcDay, utcDay } from '../../../usage/time';

/** The choices, resolved at a point in time. */
export interface Shown {
  readonly range: Range;
  /** The range, or the part of it that is zoomed in on. */
  readonly period: Period;
  /** The same part of the previous range; may end early if that is a shorter month. */
  readonly previous: Period;
  readonly granularity: Granularity;
  readonly hoursAllowed: boolean;
  /** The UTC days of the period that have begun. */
  readonly days: readonly UtcDay[];
}

/** @param hasHours whether the vendor has any figures by the hour */
export function shownPeriod(choices: Choices, now: EpochMs, hasHours: boolean): Shown {
  const range = resolveRange(choices.range, now);
  const hoursAllowed = hasHours && allowsHours(zoomedIn(range.period, choices.zoom, 'day'));
  const granularity = hoursAllowed ? choices.granularity : 'day';
  const period = zoomedIn(range.period, choices.zoom, granularity);
  const start = range.previous.start + (period.start - range.period.start);
  return {
    range,
    period,
    previous: { start, end: Math.min(start + (period.end - period.start), range.previous.end) },
    granularity,
    hoursAllowed,
    days: daysUntil(period, now),
  };
}

/** The days of a period up to today. */
export function daysUntil(period: Period, now: EpochMs): UtcDay[] {
  return daysOf(period).filter((day) => day <= utcDay(now));
}

export function slotsIn(period: Period, granularity: Granularity): Slots {
  const starts = slotsOf(period, granularity);
  return { start: starts[0] ?? period.start, length: lengthOf(granularity), count: starts.length };
}
