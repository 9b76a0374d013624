import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { addUp, byBucket, totalsOf } from '../../../../src/usage/columns/totals';
import { computeDay, shape, storageHour } from '../builders';

const ALL = { compute: true, storage: true };

test('two shapes of one machine in one bucket add up, and both are told', () => {
  const totals = totalsOf(
    [
      computeDay('m', '2026-11-01', 600, { shape: shape('small', 1) }),
      computeDay('m', '2026-11-01', 300, { shape: shape('large', 4) }),
    ],
    ALL,
  );
  assert.equal(totals.quantities.awake_seconds, 900);
  assert.deepEqual(
    totals.shapes.map((own) => [own.shape.fingerprint, own.quantities.awake_seconds]),
    [
      ['small', 600],
      ['large', 300],
    ],
  );
});

test('a level is the newest one, and never a sum', () => {
  const totals = totalsOf(
    [
      storageHour('m', '2026-11-01', 1, 0, {
        quantities: { logical_storage_bytes: 50, storage_mib_seconds: 5 },
      }),
      storageHour('m', '2026-11-01', 3, 0, {
        quantities: { logical_storage_bytes: 70, storage_mib_seconds: 7 },
      }),
      storageHour('m', '2026-11-01', 2, 0, {
        quantities: { logical_storage_bytes: 90, storage_mib_seconds: 9 },
      }),
    ],
    ALL,
  );
  assert.equal(totals.quantities.logical_storage_bytes, 70);
  assert.equal(totals.quantities.storage_mib_seconds, 21);
});

test('nothing is zero when it was read, and unknown when it was not', () => {
  assert.equal(totalsOf([], ALL).quantities.awake_seconds, 0);
  assert.equal(totalsOf([], { compute: false, storage: true }).quantities.awake_seconds, undefined);
  assert.equal(totalsOf([], { compute: false, storage: true }).quantities.storage_mib_seconds, 0);
});

test('sums stay exact beyond 2^53', () => {
  const huge = 9_007_199_254_740_991n;
  const { quantities } = totalsOf(
    [computeDay('m', '2026-11-01', huge), computeDay('m', '2026-11-02', 2)],
    ALL,
  );
  assert.equal(quantities.awake_seconds, 9_007_199_254_740_993n);
});

test('a bucket has the compute and the storage with the same edges, and no others', () => {
  const hours = byBucket(
    [
      storageHour('m', '2026-11-01', 5, 50),
      storageHour('m', '2026-11-01', 4, 40),
      computeDay('m', '2026-11-01', 10, { start: Date.UTC(2026, 10, 1, 4), end: Date.UTC(2026, 10, 1, 5) }),
      computeDay('m', '2026-11-01', 99),
    ],
    ALL,
  );
  assert.deepEqual(
    hours.map(({ quantities }) => [quantities.awake_seconds, quantities.storage_mib_seconds]),
    [
      [99, undefined],
      [10, 40],
      [0, 50],
    ],
  );
});

test('the sum over buckets is the sum over all, however they are grouped', () => {
  const bucket = fc
    .record({ day: fc.integer({ min: 1, max: 28 }), awake: fc.bigInt({ min: 0n, max: 2n ** 62n }) })
    .map(({ day, awake }) => computeDay('m', `2026-11-${String(day).padStart(2, '0')}`, awake));
  fc.assert(
    fc.property(fc.array(bucket, { maxLength: 40 }), (buckets) => {
      const grouped = addUp(byBucket(buckets, ALL).map(({ quantities }) => quantities));
      assert.deepEqual(grouped.awake_seconds ?? 0, totalsOf(buckets, ALL).quantities.awake_seconds);
    }),
  );
});
