import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { machineBuckets, meteringBuckets } from '../../../../src/insights/trail/meteringBuckets';
import { add, sum, toAmount } from '../../../../src/usage/amount';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { toColumns } from '../../../../src/usage/columns/columns';
import { computeDay, storageHour } from '../../usage/builders';
import { breakdown, hour } from './hours';

function sorted(usage: readonly UsageBucket[]): ReturnType<typeof meteringBuckets> {
  return meteringBuckets(
    (['compute', 'storage'] as const).map((kind) => ({
      kind,
      columns: toColumns(usage.filter((bucket) => bucket.kind === kind)),
      asOf: Date.UTC(2026, 10, 20),
    })),
  );
}

test('a metering bucket has the machines, the sum and the events of the usage that goes into it', () => {
  const emittedAt = Date.UTC(2026, 10, 2, 1);
  const event = { meter: 'cpu_millicore_seconds', id: 'evt-1' } as const;
  const { buckets, unassigned } = sorted([
    computeDay('a', '2026-11-01', 10, { meteringBucketIds: ['b1'], meterEvents: [event], emittedAt }),
    computeDay('b', '2026-11-01', 20, { meteringBucketIds: ['b1'], meterEvents: [event] }),
    computeDay('a', '2026-11-02', 5),
  ]);
  assert.equal(buckets.length, 1);
  const [bucket] = buckets;
  assert.equal(bucket?.machineCount, 2);
  assert.equal(bucket.quantities.awake_seconds, 30);
  assert.equal(bucket.emittedAt, emittedAt);
  assert.deepEqual(bucket.meterEvents, [event]);
  assert.equal(bucket.shared, false);
  assert.equal(unassigned?.awake_seconds, 5);
});

test('usage in several buckets marks each of them as shared, for its split is not known', () => {
  const { buckets } = sorted([computeDay('a', '2026-11-01', 10, { meteringBucketIds: ['x', 'y'] })]);
  assert.deepEqual(
    buckets.map(({ id, shared }) => [id, shared]),
    [
      ['x', true],
      ['y', true],
    ],
  );
});

test('one id used for compute and for storage names two buckets, and levels are not summed', () => {
  const { buckets } = sorted([
    computeDay('a', '2026-11-01', 10, { meteringBucketIds: ['same'] }),
    storageHour('a', '2026-11-01', 0, 10, { meteringBucketIds: ['same'] }),
    storageHour('b', '2026-11-01', 0, 10, { meteringBucketIds: ['same'] }),
  ]);
  assert.deepEqual(buckets.map(({ kind }) => kind).sort(), ['compute', 'storage']);
  const storage = buckets.find(({ kind }) => kind === 'storage');
  assert.deepEqual(storage?.quantities, { storage_mib_seconds: 20 });
});

test('usage that names one bucket or none is all there, in buckets and outside, to the last unit', () => {
  const row = fc.record({
    machine: fc.constantFrom('a', 'b', 'c'),
    at: fc.integer({ min: 0, max: 23 }),
    awake: fc.oneof(fc.nat(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 62n })),
    bucket: fc.constantFrom(undefined, 'x', 'y', 'z'),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const usage = rows.map(({ machine, at, awake, bucket }) =>
        hour(machine, at, bucket === undefined ? [] : [bucket], { quantities: { awake_seconds: awake } }),
      );
      const { buckets, unassigned } = meteringBuckets([breakdown(usage)]);
      const all = sum(rows.map(({ awake }) => toAmount(awake)));
      const inBuckets = buckets.map(({ quantities }) => quantities.awake_seconds ?? 0);
      assert.equal(add(sum(inBuckets), unassigned?.awake_seconds ?? 0), all);
    }),
  );
});

test('the machine buckets of a bucket are what it is made of', () => {
  const own = breakdown([
    hour('a', 1, ['x']),
    hour('b', 1, ['x', 'y']),
    hour('a', 2, ['y']),
    hour('c', 2, []),
  ]);
  const { buckets } = meteringBuckets([own]);
  const fed = buckets.map((bucket) => {
    const rows = machineBuckets(own, bucket);
    assert.equal(
      sum(rows.map(({ quantities }) => quantities.awake_seconds ?? 0)),
      bucket.quantities.awake_seconds,
    );
    assert.equal(new Set(rows.map(({ subjectId: machineId }) => machineId)).size, bucket.machineCount);
    return [
      bucket.id,
      rows.map(({ subjectId: machineId, start }) => `${machineId} ${new Date(start).getUTCHours()}`),
    ];
  });
  assert.deepEqual(Object.fromEntries(fed), { x: ['a 1', 'b 1'], y: ['b 1', 'a 2'] });
});

test('a meter that no row of a bucket has stays unknown, and a row that names a bucket twice counts once', () => {
  const { buckets } = meteringBuckets([
    breakdown([
      hour('a', 1, ['x', 'x'], { quantities: { awake_seconds: 7 } }),
      hour('a', 2, ['y'], { quantities: { memory_mib_seconds: 3 } }),
    ]),
  ]);
  assert.deepEqual(
    Object.fromEntries(buckets.map(({ id, quantities, shared }) => [id, { ...quantities, shared }])),
    {
      x: { awake_seconds: 7, shared: false },
      y: { memory_mib_seconds: 3, shared: false },
    },
  );
});
