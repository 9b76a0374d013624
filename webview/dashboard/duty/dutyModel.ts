import type { DutyMap } from '../../../src/protocol/chart';
import { type EpochMs, HOUR, startOfDay } from '../../../src/usage/time';
import { niceScale } from '../chart/scale';

/** Cells are numbered as in {@link DutyMap}: day × 24 + hour. */
export const HOURS_OF_DAY = 24;

/** What a cell says. An hour to come says nothing, and is not drawn. */
export type CellState = 'awake' | 'asleep' | 'unknown' | 'toCome';

export interface DutyModel {
  readonly map: DutyMap;
  readonly states: readonly CellState[];
  /** The newest cell that has begun; −1 where none has. */
  readonly last: number;
  /** Over the whole period; undefined if no machine is known to have been awake. */
  readonly average: number | undefined;
  /** Where the scale from 0 ends: the highest duty of an hour, rounded up. */
  readonly scaleEnd: number;
  /** The hour of day, 0 to 23, with the highest duty over all days. */
  readonly busiest: { readonly hour: number; readonly duty: number } | undefined;
}

/** `now`: unknown hours that begin later have not come yet. */
export function createDutyModel(map: DutyMap, now: EpochMs): DutyModel {
  const cells = Array.from({ length: map.days.length * HOURS_OF_DAY }, (_, cell) => cell);
  const states = cells.map((cell) => stateOf(map, cell, now));
  const awake = cells.filter((cell) => states[cell] === 'awake');
  return {
    map,
    states,
    last: states.findLastIndex((state) => state !== 'toCome'),
    average: dutyOf(map, awake),
    scaleEnd: scaleEnd(awake.map((cell) => dutyOf(map, [cell]) ?? 0)),
    busiest: busiestHour(map, awake),
  };
}

function stateOf(map: DutyMap, cell: number, now: EpochMs): CellState {
  const awake = map.awake[cell];
  if (awake === undefined || Number.isNaN(awake)) {
    return startOfCell(map, cell) >= now ? 'toCome' : 'unknown';
  }
  if (awake === 0) {
    return 'asleep';
  }
  return dutyOf(map, [cell]) === undefined ? 'unknown' : 'awake';
}

/**
 * The used share of the capacity: 0 to 1, or more where machines may use more than they asked for. Several cells are
 * summed first, so that an hour of little awake time weighs little.
 */
export function dutyOf({ used, capacity }: DutyMap, cells: readonly number[]): number | undefined {
  const total = (values: Float64Array): number =>
    cells.reduce((sum, cell) => sum + (values[cell] ?? Number.NaN), 0);
  const duty = total(used) / total(capacity);
  return Number.isFinite(duty) ? duty : undefined;
}

/** Narrower, a scale would make much of very little. */
const NARROWEST_PERCENTS = 5;

function scaleEnd(duties: readonly number[]): number {
  const highest = duties.reduce((most, duty) => Math.max(most, 100 * duty), NARROWEST_PERCENTS);
  return niceScale(highest).max / 100;
}

function busiestHour(map: DutyMap, awake: readonly number[]): DutyModel['busiest'] {
  let busiest: DutyModel['busiest'];
  for (const [hour, cells] of Map.groupBy(awake, (cell) => cell % HOURS_OF_DAY)) {
    const duty = dutyOf(map, cells);
    if (duty !== undefined && duty > (busiest?.duty ?? 0)) {
      busiest = { hour, duty };
    }
  }
  return busiest;
}

export function startOfCell({ days }: DutyMap, cell: number): EpochMs {
  const day = days[Math.floor(cell / HOURS_OF_DAY)];
  return day === undefined ? Number.NaN : startOfDay(day) + (cell % HOURS_OF_DAY) * HOUR;
}

type Axis = 'day' | 'hour';

/** How far Page Up and Page Down go: a week, or a quarter of a day. */
const PAGE: Readonly<Record<Axis, number>> = { day: 7, hour: 6 };

/**
 * Where a key leads from a cell, as the map is seen: arrows to the next cell, Page Up and Down further along the column,
 * Home and End to the ends of the row. Never to an hour to come (after `last`). Undefined for other keys.
 */
export function walk(cell: number, key: string, last: number, daysAcross: boolean): number | undefined {
  const [across, down]: readonly [Axis, Axis] = daysAcross ? ['day', 'hour'] : ['hour', 'day'];
  const steps: Readonly<Record<string, readonly [Axis, number]>> = {
    ArrowLeft: [across, -1],
    ArrowRight: [across, 1],
    ArrowUp: [down, -1],
    ArrowDown: [down, 1],
    Home: [across, -Infinity],
    End: [across, Infinity],
    PageUp: [down, -PAGE[down]],
    PageDown: [down, PAGE[down]],
  };
  const step = steps[key];
  if (step === undefined) {
    return undefined;
  }
  const [axis, by] = step;
  const hour = cell % HOURS_OF_DAY;
  const day = Math.floor(cell / HOURS_OF_DAY);
  return axis === 'day'
    ? within(day + by, Math.floor((last - hour) / HOURS_OF_DAY)) * HOURS_OF_DAY + hour
    : day * HOURS_OF_DAY + within(hour + by, Math.min(HOURS_OF_DAY - 1, last - day * HOURS_OF_DAY));
}

function within(at: number, most: number): number {
  return Math.max(0, Math.min(at, most));
}
