import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { bucketAt, columnsByDay, toColumns } from '../../../../src/usage/columns/columns';
import { dayTotals } from '../../../../src/usage/columns/dayTotals';
import { machineUsages } from '../../../../src/usage/columns/machines';
import { totalsOf } from '../../../../src/usage/columns/totals';
import { daysOf, HOUR, startOfDay, utcDay } from '../../../../src/usage/time';
import { computeDay, shape, storageHour } from '../builders';

const DAY = '2026-11-02';

const amounts = fc.oneof(
  fc.integer({ min: 0, max: 1e9 }),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 62n }),
  fc.constant(0),
);

const storageBuckets = fc.array(
  fc
    .record({
      machine: fc.constantFrom('a', 'b', 'constructor', '__proto__'),
      hour: fc.nat(23),
      used: amounts,
      level: fc.option(amounts, { nil: undefined }),
      ids: fc.subarray(['x', 'y', 'z']),
      emittedAt: fc.option(fc.nat(1000), { nil: undefined }),
    })
    .map(({ machine, hour, used, level, ids, emittedAt }): UsageBucket =>
      storageHour(machine, DAY, hour, 0, {
        quantities: {
          storage_mib_seconds: used,
          ...(level === undefined ? {} : { logical_storage_bytes: level }),
        },
        meteringBucketIds: ids,
        meterEvents: ids.map((id) => ({ meter: 'storage_mib_seconds', id })),
        ...(emittedAt === undefined ? {} : { emittedAt }),
      }),
    ),
);

test('a machine and day become one row that adds up to the same, with every identifier', () => {
  fc.assert(
    fc.property(storageBuckets, (buckets) => {
      const totals = dayTotals(toColumns(buckets));
      const rows = Array.from({ length: totals.length }, (_, row) => bucketAt(totals, row, 'storage'));
      const machines = [...new Set(buckets.map(({ subjectId: machineId }) => machineId))];
      assert.deepEqual(rows.map(({ subjectId: machineId }) => machineId).sort(), machines.sort());
      for (const row of rows) {
        const own = buckets.filter(({ subjectId: machineId }) => machineId === row.subjectId);
        const known = { compute: false, storage: true };
        assert.deepEqual(totalsOf([row], known).quantities, totalsOf(own, known).quantities);
        assert.equal(row.start, Math.min(...own.map(({ start }) => start)));
        assert.equal(row.end, Math.max(...own.map(({ end }) => end)));
        assert.deepEqual(
          new Set(row.meteringBucketIds),
          new Set(buckets.flatMap(({ meteringBucketIds }) => meteringBucketIds)),
        );
        assert.equal(row.meterEvents.length, row.meteringBucketIds.length, 'each event once');
        const emissions = own.flatMap(({ emittedAt }) => emittedAt ?? []);
        assert.equal(row.emittedAt, emissions.length === 0 ? undefined : Math.max(...emissions));
      }
    }),
  );
});

test('rows become buckets again, as they were', () => {
  fc.assert(
    fc.property(storageBuckets, (buckets) => {
      const columns = toColumns(buckets);
      const again = buckets.map((_, row) => bucketAt(columns, row, 'storage'));
      assert.deepEqual(again, buckets);
    }),
  );
});

const PERIOD = { start: startOfDay('2026-11-01'), end: startOfDay('2026-11-04') };

const computeBuckets = fc.array(
  fc
    .record({
      machine: fc.constantFrom('a', 'b', 'c'),
      day: fc.constantFrom(...daysOf(PERIOD)),
      used: amounts,
      shape: fc.constantFrom(shape('s'), shape('t', 4)),
      hours: fc.nat(23),
    })
    .map(({ machine, day, used, shape: own, hours }) =>
      computeDay(machine, day, used, { shape: own, dataThrough: startOfDay(day) + hours * HOUR }),
    ),
);

test('what a machine used is the same as the sum of its rows, by shape and by day too', () => {
  fc.assert(
    fc.property(computeBuckets, storageBuckets, (compute, storage) => {
      const days = daysOf(PERIOD);
      const known = { compute: true, storage: true };
      const all = machineUsages({
        compute: columnsByDay(compute, days),
        storage: columnsByDay(storage, days),
        machines: undefined,
      });
      for (const machine of all) {
        const own = [...compute, ...storage].filter(
          ({ subjectId: machineId }) => machineId === machine.machineId,
        );
        const { quantities, shapes, dataThrough } = totalsOf(own, known);
        assert.deepEqual(machine.quantities, quantities);
        assert.equal(machine.dataThrough, dataThrough);
        assert.deepEqual(
          new Map(machine.shapes.map((each) => [each.shape.fingerprint, each.quantities])),
          new Map(shapes.map((each) => [each.shape.fingerprint, each.quantities])),
        );
        for (const [day, totals] of machine.days) {
          const ofDay = own.filter(({ start }) => utcDay(start) === day);
          assert.deepEqual(totals.quantities, totalsOf(ofDay, known).quantities);
        }
      }
    }),
  );
});
