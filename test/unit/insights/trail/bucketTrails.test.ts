import assert from 'node:assert/strict';
import test from 'node:test';
import { type BucketTrail, bucketTrails } from '../../../../src/insights/trail/bucketTrails';
import { columnsWithin } from '../../../../src/usage/columns/columnsWithin';
import { HOUR, MINUTE } from '../../../../src/usage/time';
import { breakdown, DAY_START, event, hour } from './hours';

const byId = (rows: Parameters<typeof breakdown>[0], asOf?: number): Map<string, BucketTrail> =>
  new Map(bucketTrails(breakdown(rows, asOf)).map((bucket) => [bucket.id, bucket]));

const flagsOf = (trails: Map<string, BucketTrail>): Record<string, string[]> =>
  Object.fromEntries([...trails].map(([id, { flags }]) => [id, flags.map(({ kind }) => kind)]));

/** Six hours that were emitted 65 minutes after their end: enough to know what is usual. */
const USUAL = Array.from({ length: 6 }, (_, at) =>
  hour('m', at, [`b${at}`], { after: 65, ids: [`evt-${at}`] }),
);

test('the lag is from the end of a bucket until its latest meter event', () => {
  const bucket = byId([
    hour('a', 3, ['x'], { after: 20 }),
    hour('b', 3, ['x'], { after: 65 }),
    hour('c', 3, ['x']),
  ]).get('x');
  assert.equal(bucket?.lag, 65 * MINUTE);
  assert.equal(bucket.emittedAt, DAY_START + 4 * HOUR + 65 * MINUTE);
  assert.equal(bucket.emitted, true);
  assert.deepEqual(bucket.flags, []);
});

test('a bucket that was never emitted is late once it is older than the usual lag', () => {
  const rows = [...USUAL, hour('m', 6, ['open'])];
  const usual = 125 * MINUTE; // 65 min, and an hour of grace
  assert.equal(byId(rows).get('open')?.usualLag.ms, usual);
  const atTheEdge = byId(rows, 7 + usual / HOUR);
  assert.deepEqual(atTheEdge.get('open')?.flags, []);
  const later = byId(rows, 7 + usual / HOUR + 1 / 60);
  assert.deepEqual(later.get('open')?.flags, [{ kind: 'late', age: usual + MINUTE }]);
  assert.deepEqual(later.get('b0')?.flags, []);
});

test('a bucket that had not ended, or had just ended, when its rows were asked for is not late', () => {
  const rows = [...USUAL, hour('m', 6, ['open'])];
  assert.deepEqual(byId(rows, 6.5).get('open')?.flags, []);
  assert.deepEqual(byId(rows, 8).get('open')?.flags, []);
});

test('an identifier without a time says that it was emitted, and not when', () => {
  const bucket = byId([hour('m', 1, ['x'], { ids: ['evt'] })]).get('x');
  assert.equal(bucket?.emitted, true);
  assert.equal(bucket.emittedAt, undefined);
  assert.equal(bucket.lag, undefined);
  assert.deepEqual(bucket.flags, []);
});

test('rows of a bucket alone tell whether it was emitted; those of several do not', () => {
  const trails = byId([
    ...USUAL,
    hour('a', 7, ['x']),
    hour('b', 7, ['x', 'y'], { after: 65, ids: ['evt-y'] }),
  ]);
  assert.equal(trails.get('x')?.emitted, false);
  assert.deepEqual(flagsOf(trails)['x'], ['late']);
  assert.equal(trails.get('y')?.emitted, true);
  assert.deepEqual(
    [trails.get('x')?.shared, trails.get('y')?.shared, trails.get('b0')?.shared],
    [true, true, false],
  );
});

test('two identifiers for one meter of one bucket are told, wherever its rows stand; one for each of two meters are not', () => {
  const twice = byId([
    hour('a', 1, ['x'], { after: 5, ids: ['evt-1'] }),
    hour('b', 1, ['x'], { after: 5, ids: ['evt-2'] }),
  ]);
  assert.deepEqual(twice.get('x')?.flags, [
    {
      kind: 'severalIdentifiers',
      meter: 'cpu_millicore_seconds',
      identifiers: ['evt-1', 'evt-2'],
      bucketIds: ['x'],
    },
  ]);
  const meters = [event('cpu'), event('mem', 'memory_mib_seconds')];
  assert.deepEqual(flagsOf(byId([hour('a', 1, ['x'], { after: 5, meterEvents: meters })])), { x: [] });
});

test('rows of two buckets may have two identifiers, and not three', () => {
  const two = hour('a', 1, ['x', 'y'], { after: 5, ids: ['evt-1', 'evt-2'] });
  assert.deepEqual(flagsOf(byId([two])), { x: [], y: [] });
  const other = hour('b', 1, ['y', 'x'], { after: 5, ids: ['evt-3'] });
  assert.deepEqual(flagsOf(byId([two, other])), { x: ['severalIdentifiers'], y: ['severalIdentifiers'] });
});

test('an identifier that stands twice in the list of a row is told of its bucket; in two rows it is not', () => {
  const twice = byId([hour('a', 1, ['x'], { after: 5, ids: ['evt', 'evt'] })]);
  assert.deepEqual(flagsOf(twice), { x: ['repeatedIdentifier'] });
  assert.equal(twice.get('x')?.meterEvents.length, 1);
  const rows = byId([
    hour('a', 1, ['x'], { after: 5, ids: ['evt'] }),
    hour('b', 1, ['x'], { after: 5, ids: ['evt'] }),
  ]);
  assert.deepEqual(flagsOf(rows), { x: [] });
});

test('one identifier under two buckets is told of both; under buckets that share a row it is not', () => {
  const apart = byId([
    hour('a', 1, ['x'], { after: 5, ids: ['evt'] }),
    hour('a', 2, ['y'], { after: 5, ids: ['evt'] }),
    hour('a', 3, ['z'], { after: 5, ids: ['evt-z'] }),
  ]);
  assert.deepEqual(apart.get('x')?.flags, [
    { kind: 'sharedIdentifier', identifier: 'evt', bucketIds: ['x', 'y'] },
  ]);
  assert.deepEqual(flagsOf(apart), { x: ['sharedIdentifier'], y: ['sharedIdentifier'], z: [] });
  const together = byId([
    hour('a', 1, ['x', 'y'], { after: 5, ids: ['evt', 'evt-2'] }),
    hour('b', 1, ['x'], { after: 5, ids: ['evt'] }),
  ]);
  assert.deepEqual(flagsOf(together), { x: [], y: [] });
});

test('rows in no bucket are under none, even when they have an identifier', () => {
  assert.deepEqual(
    flagsOf(byId([hour('a', 1, [], { ids: ['evt'] }), hour('a', 2, ['x'], { after: 5, ids: ['evt'] })])),
    { x: [] },
  );
});

test('a bucket lasts from the first to the last edge of its rows, in whatever order they come', () => {
  const bucket = byId([3, 1, 5, 4].map((at) => hour('m', at, ['x']))).get('x');
  assert.deepEqual(bucket?.period, { start: DAY_START + HOUR, end: DAY_START + 6 * HOUR });
  const emitted = byId([20, 125, 30].map((after, at) => hour('m', at, ['x'], { after }))).get('x');
  assert.equal(emitted?.emittedAt, DAY_START + 2 * HOUR + 125 * MINUTE);
});

test('all identifiers of a bucket are told, each once; one of its rows with one is enough', () => {
  const bucket = byId([
    hour('a', 1, ['x'], { meterEvents: [event('e1'), event('e1', 'memory_mib_seconds')] }),
    hour('b', 1, ['x'], { meterEvents: [event('e2')] }),
    hour('c', 1, ['x'], { meterEvents: [event('e1')] }),
    hour('d', 1, ['x']),
  ]).get('x');
  assert.deepEqual(bucket?.meterEvents, [event('e1'), event('e1', 'memory_mib_seconds'), event('e2')]);
  assert.equal(bucket.emitted, true);
});

test('a part of a day has the buckets of its own rows alone', () => {
  const whole = breakdown([hour('a', 1, ['x']), hour('a', 2, ['y'])]);
  const part = columnsWithin(whole.columns, { start: DAY_START, end: DAY_START + 2 * HOUR });
  assert.ok(part !== undefined);
  assert.deepEqual(
    bucketTrails({ ...whole, columns: part }).map(({ id }) => id),
    ['x'],
  );
});
