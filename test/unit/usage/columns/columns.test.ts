import assert from 'node:assert/strict';
import test from 'node:test';
import type { UsageBucket } from '../../../../src/usage/bucket';
import {
  amountAt,
  bucketAt,
  columnsByDay,
  DayColumnsBuilder,
  metersOf,
  rowsOfMachine,
  toColumns,
} from '../../../../src/usage/columns/columns';
import { columnsWithin } from '../../../../src/usage/columns/columnsWithin';
import { UsageError } from '../../../../src/usage/failure';
import { DAY, HOUR, startOfDay } from '../../../../src/usage/time';
import { bucketsIn, computeDay, shape, storageHour } from '../builders';

const FIRST = '2026-11-01';
const SECOND = '2026-11-02';

/** All that can be told of a row, and hardly any of it. */
const RICH = computeDay('a', FIRST, 9_007_199_254_740_993n, {
  shape: shape('large', 8, 16_384),
  emittedAt: startOfDay(SECOND) + HOUR,
  meteringBucketIds: ['b1', 'b2'],
  meterEvents: [{ meter: 'awake_seconds', id: 'e1' }],
});
const POOR: UsageBucket = {
  kind: 'storage',
  subjectId: 'b',
  start: startOfDay(FIRST),
  end: startOfDay(FIRST) + HOUR,
  quantities: {},
  meteringBucketIds: [],
  meterEvents: [],
};

test('a row comes out of the columns as it went in', () => {
  const rows = [RICH, computeDay('b', FIRST, 5), { ...RICH, subjectId: 'c' }, computeDay('a', SECOND, 0)];
  const columns = toColumns(rows);
  assert.deepEqual(
    rows.map((_, row) => bucketAt(columns, row, 'compute')),
    rows,
  );
  assert.deepEqual(bucketAt(toColumns([POOR]), 0, 'storage'), POOR);
  assert.deepEqual([columns.subjectIds.length, columns.shapes.length, columns.trails.length], [3, 2, 2]);
});

test('a machine in two shapes that differ in one number only has two', () => {
  const shapes = [shape('f'), shape('f', 4), shape('f', 2, 1), { ...shape('f'), storageGib: 1 }, shape('g')];
  const columns = toColumns(shapes.map((own) => computeDay('a', FIRST, 1, { shape: own })));
  assert.deepEqual(columns.shapes, shapes);
  assert.deepEqual(
    shapes.map((_, row) => bucketAt(columns, row, 'compute').shape),
    shapes,
  );
});

test('what is not told of a row is unknown and not zero, however many rows come after', () => {
  const rows = Array.from({ length: 200 }, (_, at) =>
    at % 2 === 0 ? computeDay(`m${at}`, FIRST, at) : storageHour(`m${at}`, FIRST, 0, at),
  );
  const columns = toColumns(rows);
  assert.equal(columns.length, 200);
  assert.deepEqual(
    [0, 1, 198, 199].map((row) => amountAt(columns, 'awake_seconds', row)),
    [...[0, undefined, 198, undefined]],
  );
  assert.deepEqual(
    [0, 1, 198, 199].map((row) => amountAt(columns, 'storage_mib_seconds', row)),
    [...[undefined, 1, undefined, 199]],
  );
  assert.equal(amountAt(columns, 'credit_cents', 0), undefined);
  assert.equal(columns.amounts.get('awake_seconds')?.length, 200);
  assert.deepEqual(metersOf(columns), [
    ...['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'],
    ...['storage_mib_seconds', 'logical_storage_bytes'],
  ]);
});

test('the rows of one machine are found in order', () => {
  const columns = toColumns(['a', 'b', 'a', 'c', 'a', 'b'].map((id) => computeDay(id, FIRST, 1)));
  assert.deepEqual([...rowsOfMachine(columns, 'a')], [0, 2, 4]);
  assert.deepEqual([...rowsOfMachine(columns, 'c')], [3]);
  assert.deepEqual([...rowsOfMachine(columns, 'd')], []);
});

test('a row belongs to the day in which its bucket begins; days without rows are known too', () => {
  const late = storageHour('a', FIRST, 23, 7, { end: startOfDay(SECOND) + HOUR });
  const rows = [
    computeDay('a', SECOND, 2),
    late,
    computeDay('b', SECOND, 3),
    storageHour('a', '2026-11-09', 0, 1),
  ];
  const days = columnsByDay(rows, [FIRST, SECOND, '2026-11-03']);
  assert.deepEqual(
    [...days].map(([day, columns]) => [day, columns.length]),
    [
      [FIRST, 1],
      [SECOND, 2],
      ['2026-11-03', 0],
    ],
  );
  assert.deepEqual(bucketsIn(new Map([[FIRST, days.get(FIRST) ?? toColumns([])]]), 'storage'), [late]);
});

test('rows that share one trail have every identifier once', () => {
  const event = (id: string) => ({ meter: 'awake_seconds' as const, id });
  const rows = [
    computeDay('a', FIRST, 1, { meteringBucketIds: ['b1', 'b2'], meterEvents: [event('e1')] }),
    computeDay('b', FIRST, 1, {
      meteringBucketIds: ['b2', 'b3'],
      meterEvents: [event('e1'), event('e2'), { meter: 'memory_mib_seconds', id: 'e1' }],
    }),
  ];
  assert.deepEqual(columnsByDay(rows, [FIRST], 'shared').get(FIRST)?.trails, [
    {
      meteringBucketIds: ['b1', 'b2', 'b3'],
      meterEvents: [event('e1'), event('e2'), { meter: 'memory_mib_seconds', id: 'e1' }],
    },
  ]);
});

test('the memory that is said grows with rows, meters and texts, and is the sum of all days', () => {
  const memoryOf = (...buckets: UsageBucket[]): number => {
    const builder = new DayColumnsBuilder();
    for (const bucket of buckets) {
      builder.at(bucket.start).add(bucket);
    }
    return builder.memory;
  };
  const one = memoryOf(POOR);
  // 64 rows of 14 bytes, 14 KiB for the builder, 64 for a time, 4 for a letter; the trail’s key is “[[],[]]”.
  assert.equal(one - memoryOf(), 14_336 + 64 * 14 + 64 * 3 + 4 * 8);
  assert.equal(memoryOf({ ...POOR, subjectId: 'b'.repeat(101) }) - one, 400);
  assert.equal(memoryOf({ ...POOR, quantities: { awake_seconds: 1 } }) - one, 64 * 8);
  const other = { ...POOR, start: POOR.start + DAY };
  assert.equal(memoryOf(POOR, other, POOR, other) - one, one - memoryOf());
  assert.equal(memoryOf(...Array.from({ length: 65 }, () => POOR)) - one, 64 * 14);
});

test('rows that share one trail take memory for each identifier once', () => {
  const memoryOf = (...buckets: UsageBucket[]): number => {
    const builder = new DayColumnsBuilder('shared');
    for (const bucket of buckets) {
      builder.at(bucket.start).add(bucket);
    }
    return builder.memory;
  };
  const none = memoryOf(POOR);
  const one = { ...POOR, meteringBucketIds: ['x'.repeat(50)] };
  assert.equal(memoryOf(one) - none, 200);
  assert.equal(memoryOf(one, one, one) - none, 200);
  assert.equal(memoryOf(one, { ...POOR, meteringBucketIds: ['y'.repeat(25)] }) - none, 300);
});

test('rows of a part of a day are those whose buckets lie within it', () => {
  const hours = [0, 1, 2, 3].map((hour) =>
    storageHour(`m${hour}`, FIRST, hour, hour === 2 ? 9_007_199_254_740 : hour, {
      dataThrough: startOfDay(FIRST) + hour,
      emittedAt: startOfDay(SECOND) + hour,
      shape: shape(`s${hour}`),
      meteringBucketIds: [`b${hour}`],
      quantities: { storage_mib_seconds: hour === 2 ? 9_007_199_254_740_993n : hour },
    }),
  );
  const columns = toColumns(hours);
  const within = (from: number, to: number): UsageBucket[] | undefined => {
    const start = startOfDay(FIRST);
    const part = columnsWithin(columns, { start: start + from * HOUR, end: start + to * HOUR });
    return part === undefined ? undefined : bucketsIn(new Map([[FIRST, part]]), 'storage');
  };
  assert.deepEqual(within(0, 4), hours);
  assert.deepEqual(within(1, 3), hours.slice(1, 3));
  assert.deepEqual(within(2, 3), hours.slice(2, 3));
  assert.deepEqual(within(4, 9), []);
  assert.deepEqual(within(-5, 0), []);
  assert.equal(within(0.5, 3), undefined, 'an hour lies across its beginning');
  assert.equal(within(1, 3.5), undefined, 'an hour lies across its end');
});

/** Groups of which each has line items of its own names. */
function groupsOfLines(groups: number, names: number): UsageBucket[] {
  return Array.from({ length: groups }, (_, at) => ({
    ...POOR,
    ...{ kind: 'usage', subjectId: `g${at}`, quantities: { [`line.${at % names}`]: 7 } },
  }));
}

/** Bytes of typed arrays that work leaves behind, at its most. */
function arrayBytes(work: () => unknown): number {
  const before = process.memoryUsage().arrayBuffers;
  try {
    work();
  } catch {
    // what it took until then counts as well
  }
  return process.memoryUsage().arrayBuffers - before;
}

test('a name for each row is refused before it takes the square of them', () => {
  const hostile = groupsOfLines(8_300, 8_300); // a reply of some 750 KiB, and 551 MB as columns
  const failure = { kind: 'tooLarge', limitBytes: 8 * 1024 ** 2, of: 'memory' } as const;
  assert.throws(() => toColumns(hostile), new UsageError(failure));
  assert.ok(arrayBytes(() => toColumns(hostile)) < 32 * 1024 ** 2);
  const late = [...groupsOfLines(8_000, 1), ...groupsOfLines(8_300, 8_300)];
  assert.throws(() => columnsByDay(late, [FIRST]), new UsageError(failure));
});

test('sixteen meters may have any number of rows, and a thousand rows a thousand meters', () => {
  assert.equal(toColumns(groupsOfLines(100_000, 16)).amounts.size, 16);
  const columns = toColumns(groupsOfLines(1_000, 1_000));
  assert.equal(columns.amounts.size, 1_000);
  assert.deepEqual(bucketAt(columns, 999, 'usage').quantities, { 'line.999': 7 });
});
