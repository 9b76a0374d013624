import type { Amount } from '../amount';
import type { MachineShape, UsageBucket } from '../bucket';
import { UsageError } from '../failure';
import { compareMeters, type MeterId } from '../meter';
import { DAY, type EpochMs, startOfDay, type UtcDay } from '../time';
import { Dictionary } from './dictionary';
import {
  type IndexColumn,
  indexColumn,
  type Indexes,
  optionalIndexColumn,
  type OptionalIndexes,
  resized,
} from './indexColumn';
import { SharedTrail } from './sharedTrail';
import { type RowTimes, TimeColumns } from './timeColumns';
import { type Trail } from './trail';

/**
 * Usage buckets of one breakdown as columns: a row is one machine, group or category in one bucket `[start, end)` and, for
 * compute, in one shape. A million rows take half a gigabyte as objects, but 38 MB as columns, which sum in milliseconds.
 */
export interface UsageColumns extends RowTimes {
  readonly length: number;
  /** The ids of machines, groups or categories; `subject` holds indexes into this list. */
  readonly subjectIds: readonly string[];
  /** `shape` holds indexes into this list; −1 is no shape. */
  readonly shapes: readonly MachineShape[];
  /** `trail` holds indexes into this list, since machines of one hour mostly share theirs. */
  readonly trails: readonly Trail[];
  readonly subject: Indexes;
  readonly shape: OptionalIndexes;
  readonly trail: Indexes;
  /** In the meter's own unit; NaN is unknown. The nearest double if `beyond` has the exact value. */
  readonly amounts: ReadonlyMap<MeterId, Float64Array>;
  /** Exact values beyond 2^53, by meter and row. */
  readonly beyond: ReadonlyMap<MeterId, ReadonlyMap<number, bigint>>;
}

/** Columns by the UTC day on which their buckets begin. */
export type DayColumns = ReadonlyMap<UtcDay, UsageColumns>;

const FIRST_ROWS = 64;

/** Approximate bytes of memory: of an empty builder, and of a character of text. */
const BUILDER_BYTES = 14 * 1024;
const CHARACTER_BYTES = 4;

/**
 * Each meter has a column with one cell per row. Up to `MOST_METERS` meters, rows are unlimited. Beyond that, cells are
 * limited to `MOST_CELLS`: vendors name meters freely, and a new name in every row would take rows² cells.
 */
const MOST_METERS = 16;
const MOST_CELLS = 1024 * 1024;

/** Whether each row keeps its own trail, or all rows of the columns share one. */
export type Trails = 'own' | 'shared';

/**
 * Adds rows one by one to growing columns; the rows themselves are not kept. Ends with {@link build}. Throws UsageError
 * `tooLarge` if rows with many meters would take too much memory.
 */
export class ColumnsBuilder {
  readonly #machines = new Dictionary<string>();
  readonly #shapes = new Dictionary<MachineShape>();
  readonly #trails = new Dictionary<Trail>();
  readonly #shared: SharedTrail | undefined;
  readonly #amounts = new Map<MeterId, Float64Array<ArrayBuffer>>();
  readonly #beyond = new Map<MeterId, Map<number, bigint>>();
  readonly #machine: IndexColumn<Indexes>;
  readonly #shape: IndexColumn<OptionalIndexes>;
  readonly #trail: IndexColumn<Indexes>;
  readonly #times: TimeColumns;
  #length = 0;
  #room: number;
  #machineBefore = -1;

  /** @param expected number of rows that fit before the columns have to grow */
  constructor(trails: Trails = 'own', expected = FIRST_ROWS) {
    this.#shared = trails === 'shared' ? new SharedTrail() : undefined;
    this.#room = expected;
    this.#machine = indexColumn(expected);
    this.#shape = optionalIndexColumn(expected);
    this.#trail = indexColumn(expected);
    this.#times = new TimeColumns(expected);
  }

  get length(): number {
    return this.#length;
  }

  /** Approximate memory use, in bytes. */
  get memory(): number {
    const texts =
      this.#machines.characters +
      this.#shapes.characters +
      this.#trails.characters +
      (this.#shared?.characters ?? 0);
    const indexes = [this.#machine, this.#shape, this.#trail];
    const indexBytes = indexes.reduce((sum, { values }) => sum + values.byteLength, 0);
    const amountBytes = this.#amounts.size * this.#room * Float64Array.BYTES_PER_ELEMENT;
    return BUILDER_BYTES + indexBytes + this.#times.memory + amountBytes + texts * CHARACTER_BYTES;
  }

  /** Checks the next machine first, because machines mostly come in the same order every hour. */
  subjectIndex(id: string): number {
    const { values } = this.#machines;
    const next = this.#machineBefore + 1 < values.length ? this.#machineBefore + 1 : 0;
    this.#machineBefore = values[next] === id ? next : this.#machines.indexOf(id, id);
    return this.#machineBefore;
  }

  shapeIndex(shape: MachineShape): number {
    return this.#shapes.indexOf(shapeKey(shape), shape);
  }

  trailIndex(trail: Trail): number {
    if (this.#shared !== undefined) {
      this.#shared.add(trail);
      return 0;
    }
    return this.#trails.indexOf(trailKey(trail), trail);
  }

  /** Adds a row without amounts and returns its index. Times in UTC milliseconds, NaN if not given; shape −1 for none. */
  addRow(row: {
    readonly subject: number;
    readonly shape: number;
    readonly trail: number;
    readonly start: EpochMs;
    readonly end: EpochMs;
    readonly dataThrough: EpochMs;
    readonly emittedAt: EpochMs;
  }): number {
    const at = this.#length;
    if (at === this.#room) {
      this.#resize(Math.max(FIRST_ROWS, at * 2));
    }
    this.#machine.set(at, row.subject);
    this.#shape.set(at, row.shape);
    this.#trail.set(at, row.trail);
    this.#times.set(at, row.start, row.end, row.dataThrough, row.emittedAt);
    this.#length = at + 1;
    return at;
  }

  setAmount(row: number, meter: MeterId, amount: Amount): void {
    let values = this.#amounts.get(meter);
    if (values === undefined) {
      checkCells(this.#amounts.size + 1, this.#room);
      values = new Float64Array(this.#room).fill(Number.NaN);
      this.#amounts.set(meter, values);
    }
    values[row] = Number(amount);
    if (typeof amount === 'bigint') {
      const exact = this.#beyond.get(meter) ?? new Map<number, bigint>();
      this.#beyond.set(meter, exact.set(row, amount));
    }
  }

  add(bucket: UsageBucket): void {
    const { meteringBucketIds, meterEvents } = bucket;
    const row = this.addRow({
      subject: this.subjectIndex(bucket.subjectId),
      shape: bucket.shape === undefined ? -1 : this.shapeIndex(bucket.shape),
      trail: this.trailIndex({ meteringBucketIds, meterEvents }),
      start: bucket.start,
      end: bucket.end,
      dataThrough: bucket.dataThrough ?? Number.NaN,
      emittedAt: bucket.emittedAt ?? Number.NaN,
    });
    for (const [meter, amount] of Object.entries(bucket.quantities) as [MeterId, Amount][]) {
      this.setAmount(row, meter, amount);
    }
  }

  /** The columns take over the memory, so the builder cannot be used again. */
  build(): UsageColumns {
    const length = this.#length;
    this.#resize(length);
    return {
      length,
      subjectIds: this.#machines.values,
      shapes: this.#shapes.values,
      trails: this.#shared === undefined ? this.#trails.values : [this.#shared.trail],
      subject: this.#machine.values,
      shape: this.#shape.values,
      trail: this.#trail.values,
      ...this.#times.build(),
      amounts: this.#amounts,
      beyond: this.#beyond,
    };
  }

  #resize(length: number): void {
    checkCells(this.#amounts.size, length);
    for (const column of [this.#machine, this.#shape, this.#trail, this.#times]) {
      column.resize(length);
    }
    for (const [meter, values] of this.#amounts) {
      const before = values.length;
      this.#amounts.set(meter, resized(values, length).fill(Number.NaN, before));
    }
    this.#room = length;
  }
}

/** Sorts rows, as they arrive, into the UTC days on which their buckets begin. */
export class DayColumnsBuilder {
  readonly #days = new Map<number, ColumnsBuilder>();
  readonly #trails: Trails;
  #day = Number.NaN;
  #builder: ColumnsBuilder;
  #memoryOfOthers = 0;

  constructor(trails: Trails = 'own') {
    this.#trails = trails;
    this.#builder = new ColumnsBuilder(trails);
  }

  /** The columns for buckets that begin at this time. */
  at(start: EpochMs): ColumnsBuilder {
    const day = Math.floor(start / DAY);
    if (day !== this.#day) {
      // Days are much alike: starting with the previous day's row count saves growing, and the unused room that it leaves.
      const expected = Math.max(FIRST_ROWS, this.#builder.length);
      const known = this.#days.get(day);
      this.#memoryOfOthers += this.#builder.memory - (known?.memory ?? 0);
      this.#builder = known ?? new ColumnsBuilder(this.#trails, expected);
      this.#days.set(day, this.#builder);
      this.#day = day;
    }
    return this.#builder;
  }

  /** Approximate memory use of all days, in bytes. */
  get memory(): number {
    return this.#memoryOfOthers + this.#builder.memory;
  }

  /** Each of `days` gets columns, even an empty one, since empty is known. Rows of other days are left out. */
  build(days: readonly UtcDay[]): DayColumns {
    return new Map(
      days.map((day) => {
        const builder = this.#days.get(startOfDay(day) / DAY) ?? new ColumnsBuilder();
        return [day, builder.build()];
      }),
    );
  }
}

function checkCells(meters: number, rows: number): void {
  if (meters > MOST_METERS && meters * rows > MOST_CELLS) {
    throw new UsageError({
      kind: 'tooLarge',
      limitBytes: MOST_CELLS * Float64Array.BYTES_PER_ELEMENT,
      of: 'memory',
    });
  }
}

export function toColumns(buckets: readonly UsageBucket[]): UsageColumns {
  const builder = new ColumnsBuilder();
  for (const bucket of buckets) {
    builder.add(bucket);
  }
  return builder.build();
}

/** Sorts buckets into the UTC days on which they begin; each of `days` gets columns, even an empty one. */
export function columnsByDay(
  buckets: readonly UsageBucket[],
  days: readonly UtcDay[],
  trails: Trails = 'own',
): DayColumns {
  const builder = new DayColumnsBuilder(trails);
  for (const bucket of buckets) {
    builder.at(bucket.start).add(bucket);
  }
  return builder.build(days);
}

/** One row as a bucket, with everything known about it. */
export function bucketAt(columns: UsageColumns, row: number, kind: UsageBucket['kind']): UsageBucket {
  const quantities: Partial<Record<MeterId, Amount>> = {};
  for (const meter of columns.amounts.keys()) {
    const amount = amountAt(columns, meter, row);
    if (amount !== undefined) {
      quantities[meter] = amount;
    }
  }
  const shape = columns.shapes[columns.shape[row] ?? -1];
  const { meteringBucketIds, meterEvents } = columns.trails[columns.trail[row] ?? -1] ?? NO_TRAIL;
  return {
    kind,
    subjectId: columns.subjectIds[columns.subject[row] ?? -1] ?? '',
    start: startAt(columns, row),
    end: endAt(columns, row),
    quantities,
    meteringBucketIds,
    meterEvents,
    ...(shape === undefined ? {} : { shape }),
    ...optionalTime('dataThrough', dataThroughAt(columns, row)),
    ...optionalTime('emittedAt', emissionAt(columns, row)),
  };
}

type Times<K extends keyof UsageColumns> = Pick<UsageColumns, 'times' | K>;

/** When a row's bucket begins. Like the other times, NaN if it is not given. */
export function startAt({ times, start }: Times<'start'>, row: number): EpochMs {
  return times[start[row] ?? -1] ?? Number.NaN;
}

export function endAt({ times, end }: Times<'end'>, row: number): EpochMs {
  return times[end[row] ?? -1] ?? Number.NaN;
}

export function dataThroughAt({ times, dataThrough }: Times<'dataThrough'>, row: number): EpochMs {
  return times[dataThrough[row] ?? -1] ?? Number.NaN;
}

export function emissionAt({ times, emittedAt }: Times<'emittedAt'>, row: number): EpochMs {
  return times[emittedAt[row] ?? -1] ?? Number.NaN;
}

/** When buckets begin, each time once, in order of first appearance. */
export function startsOf({ times, start }: Times<'start'>): EpochMs[] {
  return Array.from(new Set(start), (index) => times[index] ?? Number.NaN);
}

/** The rows of one machine, in order. Scans only the `subject` column, so a large fleet's day takes microseconds. */
export function* rowsOfMachine({ subjectIds, subject }: UsageColumns, subjectId: string): Generator<number> {
  const wanted = subjectIds.indexOf(subjectId);
  if (wanted < 0) {
    return;
  }
  for (let row = subject.indexOf(wanted); row >= 0; row = subject.indexOf(wanted, row + 1)) {
    yield row;
  }
}

/** One exact value; undefined if unknown. */
export function amountAt(columns: UsageColumns, meter: MeterId, row: number): Amount | undefined {
  const value = columns.amounts.get(meter)?.[row];
  return value === undefined || Number.isNaN(value)
    ? undefined
    : (columns.beyond.get(meter)?.get(row) ?? value);
}

export function metersOf(columns: UsageColumns): MeterId[] {
  return [...columns.amounts.keys()].sort(compareMeters);
}

/** Two shapes are the same if both fingerprint and numbers are equal. */
export function shapeKey({ fingerprint, vcpu, memoryMib, storageGib }: MachineShape): string {
  return JSON.stringify([fingerprint, vcpu, memoryMib, storageGib]);
}

const NO_TRAIL: Trail = { meteringBucketIds: [], meterEvents: [] };

function trailKey({ meteringBucketIds, meterEvents }: Trail): string {
  return JSON.stringify([meteringBucketIds, meterEvents.map(({ meter, id }) => [meter, id])]);
}

function optionalTime<K extends string>(name: K, at: EpochMs): Partial<Record<K, EpochMs>> {
  return Number.isNaN(at) ? {} : ({ [name]: at } as Record<K, EpochMs>);
}
