import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { bucketAt, columnsByDay, toColumns, type UsageColumns } from '../../../../src/usage/columns/columns';
import { packColumns, unpackColumns } from '../../../../src/usage/columns/packedColumns';
import { DAY, HOUR, startOfDay, utcDay } from '../../../../src/usage/time';
import { runs } from '../../../support/runs';
import { shape } from '../builders';

const FIRST = startOfDay('2026-11-01');

function bucketsOf(columns: UsageColumns): UsageBucket[] {
  return Array.from({ length: columns.length }, (_, row) => bucketAt(columns, row, 'compute'));
}

/** Anything that can be told of a time, in any order of days. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 72 }).map((hour) => FIRST + hour * HOUR),
  fc.integer({ min: 0, max: 3 * DAY }).map((ms) => FIRST + ms),
  fc.constantFrom(0, -0, 1, -1, 2 ** 16, 2 ** 40, -(2 ** 40), 0.5),
);

const told = fc.option(time, { nil: undefined });

const bucket = fc
  .record({
    subject: fc.nat({ max: 9 }),
    size: fc.nat({ max: 4 }),
    start: time,
    end: time,
    through: told,
    emitted: told,
  })
  .map(({ subject, size, start, end, through, emitted }): UsageBucket => ({
    ...{ kind: 'compute', subjectId: `m${subject}`, start, end, quantities: { awake_seconds: subject } },
    ...{ meteringBucketIds: [`b${size}`], meterEvents: [] },
    ...(size === 0 ? {} : { shape: shape(`s${size}`) }),
    ...(through === undefined ? {} : { dataThrough: through }),
    ...(emitted === undefined ? {} : { emittedAt: emitted }),
  }));

test('any rows come out as they went in, each time is there once, and packing changes nothing', () => {
  fc.assert(
    fc.property(fc.array(bucket, { maxLength: 200 }), (rows) => {
      const columns = toColumns(rows);
      assert.deepEqual(bucketsOf(columns), rows);
      assert.ok(
        columns.times.every((at, place) => columns.times.findIndex((own) => Object.is(own, at)) === place),
      );
      assert.deepEqual(unpackColumns(packColumns(columns)), columns);
      const days = [...new Set(rows.map(({ start }) => utcDay(start)))];
      for (const [day, own] of columnsByDay(rows, days)) {
        assert.deepEqual(
          bucketsOf(own),
          rows.filter(({ start }) => utcDay(start) === day),
        );
      }
    }),
    { numRuns: runs(300) },
  );
});

/** Each with a machine, a shape, a trail and an emission of its own, every other one without a time of its data. */
function apart(count: number): UsageBucket[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{
      kind: 'compute',
      subjectId: `m${at}`,
      start: FIRST,
      end: FIRST + HOUR,
      quantities: { awake_seconds: at },
    },
    ...{ meteringBucketIds: [`b${at}`], meterEvents: [], emittedAt: FIRST + HOUR + at },
    ...(at % 3 === 0 ? {} : { shape: shape(`s${at}`) }),
    ...(at % 2 === 0 ? {} : { dataThrough: FIRST - at }),
  }));
}

const WIDTHS = [
  [16_000, 2, 2, 2],
  [32_768 + 16_384, 2, 2, 4],
  [32_768 + 16_387, 2, 4, 4],
  [65_536, 2, 4, 4],
  [65_537, 4, 4, 4],
] as const;

for (const [count, subjectBytes, shapeBytes, timeBytes] of WIDTHS) {
  test(`${count} rows that share nothing come out as they went in`, () => {
    const rows = apart(count);
    const columns = toColumns(rows);
    assert.deepEqual(bucketsOf(columns), rows);
    assert.deepEqual(unpackColumns(packColumns(columns)), columns);
    assert.deepEqual(
      [columns.subject, columns.shape, columns.start, columns.emittedAt].map((own) => own.BYTES_PER_ELEMENT),
      [subjectBytes, shapeBytes, timeBytes, timeBytes],
    );
  });
}
