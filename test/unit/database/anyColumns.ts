import fc from 'fast-check';
import type { UsageColumns } from '../../../src/usage/columns/columns';
import { narrowed, narrowedOptional } from '../../../src/usage/columns/indexColumn';
import { type RowTimes, TimeColumns } from '../../../src/usage/columns/timeColumns';
import { type MeterId, METERS } from '../../../src/usage/meter';
import { DAY, HOUR } from '../../../src/usage/time';

/** Columns with anything in them that their types allow. */

const METER_IDS = Object.keys(METERS) as MeterId[];

const text = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', 'toString', '\ud800', '\0', 'n:1', '🚀', '"}],'),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.uuid(),
);

/** Plain objects, as ours are. */
function record<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(fields, { noNullPrototype: true });
}

const shape = record({
  fingerprint: text,
  vcpu: fc.constantFrom(0.5, 1, 64),
  memoryMib: fc.nat(),
  storageGib: fc.nat(),
});

const trail = record({
  meteringBucketIds: fc.array(text, { maxLength: 3 }),
  meterEvents: fc.array(record({ meter: fc.constantFrom(...METER_IDS), id: text }), { maxLength: 3 }),
});

const edge = fc.constantFrom(
  ...[0, -0, -1, 1, 254, 255, 256, 65_534, 65_535, 65_536, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32, 2 ** 53],
  ...[-(2 ** 53), 2 ** 63, 1e-7, Number.MAX_VALUE, Number.MIN_VALUE, Infinity, -Infinity, Number.NaN],
);

const time = fc.integer({ min: 0, max: 1000 }).map((slot) => Date.UTC(2026, 10, 1) + slot * HOUR);

/** What columns are like: times on a grid, counts, levels, a value for all, anything at all; some unknown. */
const kinds = [
  time,
  fc.nat({ max: 3600 }),
  fc.nat({ max: 30 * DAY }).map((count) => count * 2048),
  fc.maxSafeInteger(),
  fc.double(),
  edge,
].map((known) => fc.oneof({ weight: 4, arbitrary: known }, fc.constant(Number.NaN)));

function doubles(length: number): fc.Arbitrary<Float64Array> {
  const columns = [...kinds, time, edge].map((value) =>
    fc.array(value, { minLength: length, maxLength: length }),
  );
  const same = edge.map((value) => Array.from({ length }, () => value));
  return fc.oneof(same, ...columns).map((values) => new Float64Array(values));
}

/** As rows come. */
function timesOf(rows: readonly Float64Array[]): RowTimes {
  const [start = NONE, end = NONE, dataThrough = NONE, emittedAt = NONE] = rows;
  const columns = new TimeColumns(start.length);
  start.forEach((at, row) => {
    columns.set(row, at, end[row] ?? 0, dataThrough[row] ?? 0, emittedAt[row] ?? 0);
  });
  return columns.build();
}

const NONE = new Float64Array();

export const anyColumns: fc.Arbitrary<UsageColumns> = fc
  .oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 300 }))
  .chain((length) => {
    const index = (most: number): fc.Arbitrary<number[]> =>
      fc.array(fc.integer({ min: 0, max: most }), { minLength: length, maxLength: length });
    const indexes = fc.constantFrom(1, 300, 70_000, 2 ** 31 - 2).chain(index);
    const beyond = fc.array(fc.tuple(fc.nat({ max: 300 }), fc.bigInt()), { maxLength: 4 });
    const columns = record({
      length: fc.constant(length),
      subjectIds: fc.array(text, { maxLength: 5 }),
      shapes: fc.array(shape, { maxLength: 3 }),
      trails: fc.array(trail, { maxLength: 3 }),
      subject: indexes.map((values) => narrowed(new Uint32Array(values))),
      shape: indexes.map((values) => narrowedOptional(new Int32Array(values.map((value) => value - 1)))),
      trail: indexes.map((values) => narrowed(new Uint32Array(values))),
      times: fc.tuple(doubles(length), doubles(length), doubles(length), doubles(length)).map(timesOf),
      amounts: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...METER_IDS), doubles(length)), {
          selector: ([meter]) => meter,
        })
        .map((entries) => new Map(entries)),
      beyond: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...METER_IDS), beyond), { selector: ([meter]) => meter })
        .map((entries) => new Map(entries.map(([meter, rows]) => [meter, new Map(rows)]))),
    });
    return columns.map(({ times, ...rest }) => ({ ...rest, ...times }));
  });
