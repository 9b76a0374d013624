import { add, type Amount } from '../amount';
import { type MeterId, meterOf } from '../meter';
import { endAt, type UsageColumns } from './columns';
import { slotAt, type Slots } from './slots';

/** Sorts the rows of some columns into groups, such as machines or shapes. */
export type Grouping = (columns: UsageColumns) => {
  readonly keys: readonly string[];
  /** The index among `keys` of a row's group. */
  readonly indexOf: (row: number) => number;
};

export const byMachine: Grouping = ({ subjectIds, subject }) => ({
  keys: subjectIds,
  indexOf: (row) => subject[row] ?? 0,
});

const together: Grouping = () => ({ keys: [''], indexOf: () => 0 });

/** One group's values, by slot. */
export interface Series {
  /** The group; undefined for all remaining groups together. */
  readonly key: string | undefined;
  /** One value per slot in the meter's own unit; the nearest double if `exact` is present. */
  readonly values: Float64Array;
  /** Decimal texts, present if a value is beyond 2^53. */
  readonly exact?: readonly string[];
}

export interface SeriesQuery {
  /** Iterated once. */
  readonly blocks: Iterable<UsageColumns>;
  readonly meter: MeterId;
  readonly slots: Slots;
  readonly groupBy: Grouping;
  /** How many groups are shown separately. */
  readonly top: number;
  /** A group that is shown separately whatever its size. */
  readonly always?: string | undefined;
  /** Whether groups of which every known value is 0 are there, too. */
  readonly unused?: boolean;
}

/**
 * The largest groups, largest first, then the rest as one series; groups without any usage are left out unless they are asked
 * for. A row counts in the slot in which its bucket begins. Amounts are summed exactly. For a level, each machine's newest
 * value in a slot counts, and a group adds up its machines' levels.
 */
export function stackedSeries(query: SeriesQuery): Series[] {
  const groups = meterOf(query.meter).kind === 'level' ? levels(query) : amounts(query);
  const ranked = [...groups.entries()]
    .map(([key, cells]) => ({ key, cells, size: sizeOf(cells) }))
    .filter(({ size }) => size > 0 || query.unused === true)
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  // If only one group is left over, show it: "others" would take the same space and say less.
  const shown = ranked.length === query.top + 1 ? ranked.length : query.top;
  const own = ranked.filter(({ key }, rank) => rank < shown || key === query.always);
  const rest = ranked.filter(({ key }, rank) => rank >= shown && key !== query.always);
  const series = own.map(({ key, cells }) => toSeries(key, cells));
  if (rest.length > 0) {
    const others = new Cells(query.slots.count);
    for (const { cells } of rest) {
      others.addAll(cells);
    }
    series.push(toSeries(undefined, others));
  }
  return series;
}

/** All rows taken together; zeros when there are none. */
export function totalSeries(query: Omit<SeriesQuery, 'groupBy' | 'top' | 'always'>): Series {
  const [total] = stackedSeries({ ...query, groupBy: together, top: 1 });
  return total ?? { key: '', values: new Float64Array(query.slots.count) };
}

function amounts(query: SeriesQuery): Map<string, Cells> {
  const { slots, groupBy } = query;
  const groups = new Map<string, Cells>();
  visit(query, (columns) => {
    const { keys, indexOf } = groupBy(columns);
    const own: (Cells | undefined)[] = [];
    return (row, slot, amount) => {
      const at = indexOf(row);
      own[at] ??= entry(groups, keys[at] ?? '', () => new Cells(slots.count));
      own[at].add(slot, amount);
    };
  });
  return groups;
}

/** Takes each machine's newest level per slot, then sums the machines of each group. */
function levels(query: SeriesQuery): Map<string, Cells> {
  const { slots, groupBy } = query;
  const newest = new Map<string, Level>();
  visit(query, (columns) => {
    const { keys, indexOf } = groupBy(columns);
    const { subjectIds } = columns;
    const own: (Level | undefined)[] = [];
    return (row, slot, amount) => {
      const group = indexOf(row);
      const machine = columns.subject[row] ?? 0;
      const at = group * subjectIds.length + machine;
      own[at] ??= entry(newest, `${keys[group] ?? ''}\n${subjectIds[machine] ?? ''}`, () => ({
        group: keys[group] ?? '',
        ends: new Float64Array(slots.count),
        cells: new Cells(slots.count),
      }));
      setNewest(own[at], slot, endAt(columns, row), amount);
    };
  });
  const groups = new Map<string, Cells>();
  for (const { group, cells } of newest.values()) {
    entry(groups, group, () => new Cells(slots.count)).addAll(cells);
  }
  return groups;
}

type Visitor = (row: number, slot: number, amount: Amount) => void;

/** Passes every known value within the slots to a visitor; each block of columns gets a new visitor. */
function visit({ blocks, meter, slots }: SeriesQuery, visitorOf: (columns: UsageColumns) => Visitor): void {
  for (const columns of blocks) {
    const values = columns.amounts.get(meter);
    if (values === undefined) {
      continue;
    }
    const beyond = columns.beyond.get(meter);
    const take = visitorOf(columns);
    const slotsOfTimes = Int32Array.from(columns.times, (at) => slotAt(slots, at));
    for (let row = 0; row < columns.length; row += 1) {
      const value = values[row] ?? Number.NaN;
      const slot = slotsOfTimes[columns.start[row] ?? -1] ?? -1;
      if (slot >= 0 && !Number.isNaN(value)) {
        take(row, slot, beyond?.get(row) ?? value);
      }
    }
  }
}

/** One machine's level in each slot, and when the bucket that it comes from ended. */
interface Level {
  readonly group: string;
  readonly ends: Float64Array;
  readonly cells: Cells;
}

function setNewest({ ends, cells }: Level, slot: number, end: number, amount: Amount): void {
  if (end >= (ends[slot] ?? 0)) {
    ends[slot] = end;
    cells.set(slot, amount);
  }
}

function entry<T>(all: Map<string, T>, key: string, make: () => T): T {
  const known = all.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  all.set(key, made);
  return made;
}

/** Exact sums, one per slot: doubles if they are exact, otherwise whole numbers of any size. */
class Cells {
  readonly values: Float64Array;
  readonly beyond = new Map<number, bigint>();

  constructor(slotCount: number) {
    this.values = new Float64Array(slotCount);
  }

  get(slot: number): Amount {
    return (this.beyond.size === 0 ? undefined : this.beyond.get(slot)) ?? this.values[slot] ?? 0;
  }

  add(slot: number, amount: Amount): void {
    const sum = typeof amount === 'number' ? (this.values[slot] ?? 0) + amount : Number.NaN;
    if (this.beyond.size === 0 && Number.isSafeInteger(sum)) {
      this.values[slot] = sum;
    } else {
      this.set(slot, add(this.get(slot), amount));
    }
  }

  addAll(other: Cells): void {
    for (let slot = 0; slot < this.values.length; slot += 1) {
      this.add(slot, other.get(slot));
    }
  }

  set(slot: number, amount: Amount): void {
    this.values[slot] = Number(amount);
    if (typeof amount === 'bigint') {
      this.beyond.set(slot, amount);
    } else if (this.beyond.size > 0) {
      this.beyond.delete(slot);
    }
  }
}

/** A sum of nearest doubles, which is good enough for ranking. */
function sizeOf(cells: Cells): number {
  return cells.values.reduce((sum, value) => sum + Math.abs(value), 0);
}

function toSeries(key: string | undefined, cells: Cells): Series {
  const { values, beyond } = cells;
  return beyond.size === 0
    ? { key, values }
    : { key, values, exact: Array.from(values, (_value, slot) => String(cells.get(slot))) };
}
