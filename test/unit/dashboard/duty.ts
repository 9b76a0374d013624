import type { DutyMap } from '../../../src/protocol/chart';
import { DAY, daysOf } from '../../../src/usage/time';
import { NOVEMBER } from './charts';

/** Awake seconds, used and available millicore-seconds. */
type Cell = readonly [number, number, number];

/** A map of the first days of November 2026; cells that are not given are unknown. */
export function dutyMap(days: number, cells: Readonly<Record<number, Cell>> = {}): DutyMap {
  const column = (part: 0 | 1 | 2): Float64Array =>
    Float64Array.from({ length: days * 24 }, (_, cell) => cells[cell]?.[part] ?? Number.NaN);
  return {
    title: 'Duty by hour of day',
    of: 'All machines',
    days: daysOf({ start: NOVEMBER, end: NOVEMBER + days * DAY }),
    awake: column(0),
    used: column(1),
    capacity: column(2),
    provenance: 'Metered',
    notes: [],
  };
}
