import assert from 'node:assert/strict';
import test from 'node:test';
import type { UsageBucket } from '../../../src/usage/bucket';
import { toColumns } from '../../../src/usage/columns';
import { meteringBuckets } from '../../../src/usage/meteringBuckets';
import { computeDay, storageHour } from './builders';

function sorted(usage: readonly UsageBucket[]): ReturnType<typeof meteringBuckets> {
  return meteringBuckets(
    (['compute', 'storage'] as const).map((kind) => ({
      kind,
      columns: toColumns(usage.filter((bucket) => bucket.kind === kind)),
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
