import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Amount, toAmount } from '../../../src/usage/amount';
import type { UsageBucket } from '../../../src/usage/bucket';
import { toColumns } from '../../../src/usage/columns/columns';
import {
  billedRestatements,
  compareRestatements,
  type Restatement,
  restatements,
} from '../../../src/usage/restatement';
import { DAY, HOUR, startOfDay } from '../../../src/usage/time';
import { computeDay, shape, storageHour } from './builders';

const ON = '2026-11-01';
const START = startOfDay(ON);
const CLOSING = 6 * HOUR;
const CLOSED = START + DAY + CLOSING;

function found(
  before: readonly UsageBucket[],
  after: readonly UsageBucket[],
  beforeAsOf = CLOSED,
): Restatement[] {
  const earlier = { columns: toColumns(before), asOf: beforeAsOf };
  return restatements('compute', earlier, { columns: toColumns(after), asOf: CLOSED + DAY }, CLOSING);
}

function awake(machine: string, seconds: Amount, more: Partial<UsageBucket> = {}): UsageBucket {
  return computeDay(machine, ON, 1, { quantities: { awake_seconds: seconds }, ...more });
}

function values(restated: readonly Restatement[]): unknown[] {
  return restated.map(({ machineId, before, after }) => [machineId, before, after]);
}

test('tells exactly what changed, beyond 2^53 too', () => {
  const before = [awake('a', 1), awake('b', 2n ** 60n), awake('c', 3)];
  const after = [awake('c', 3), awake('b', 2n ** 60n + 1n), awake('a', 1)];
  assert.deepEqual(found(before, after), [
    {
      ...{ kind: 'compute', machineId: 'b', fingerprint: 'a', meter: 'awake_seconds' },
      ...{ start: START, end: START + DAY, before: 2n ** 60n, after: 2n ** 60n + 1n },
      ...{ beforeAsOf: CLOSED, afterAsOf: CLOSED + DAY },
    },
  ]);
});

test('tells rows that came and went, and does not take what is unknown for zero', () => {
  const unknown = awake('c', 0, { quantities: {} });
  const before = [awake('gone', 0), unknown];
  const after = [awake('new', 0), awake('c', 0)];
  assert.deepEqual(values(found(before, after)), [
    ['gone', 0, undefined],
    ['c', undefined, 0],
    ['new', undefined, 0],
  ]);
});

test('takes a bucket that had not closed for no restatement', () => {
  assert.deepEqual(found([awake('a', 1)], [awake('a', 2)], CLOSED - 1), []);
  const hours = (mib: number): UsageBucket[] => [0, 1, 2].map((hour) => storageHour('a', ON, hour, mib));
  const meters = found(hours(1), hours(2), START + 2 * HOUR + CLOSING).map(({ start, meter }) => [
    (start - START) / HOUR,
    meter,
  ]);
  assert.deepEqual(meters, [
    [0, 'storage_mib_seconds'],
    [0, 'logical_storage_bytes'],
    [1, 'storage_mib_seconds'],
    [1, 'logical_storage_bytes'],
  ]);
});

test('tells the shapes of a machine apart, whatever their fingerprint', () => {
  const small = { shape: shape('same', 1) };
  const large = { shape: shape('same', 8) };
  assert.deepEqual(
    found([awake('a', 1, small), awake('a', 2, large)], [awake('a', 2, large), awake('a', 1, small)]),
    [],
  );
  assert.deepEqual(values(found([awake('a', 1, small)], [awake('a', 1, large)])), [
    ['a', 1, undefined],
    ['a', undefined, 1],
  ]);
});

test('adds a row up that is told in two', () => {
  assert.deepEqual(found([awake('a', 3)], [awake('a', 1), awake('a', 2)]), []);
});

interface Drawn {
  readonly machine: string;
  readonly hour: number;
  readonly fingerprint: string;
  readonly before: Amount | undefined;
  readonly after: Amount | undefined;
  /** Its place among the later rows. */
  readonly rank: number;
}

const amount = fc.bigInt({ min: 0n, max: 2n ** 63n - 2n }).map(toAmount);

const drawnRow: fc.Arbitrary<Drawn> = fc
  .record({
    machine: fc.constantFrom('a', 'b', '__proto__'),
    hour: fc.integer({ min: 0, max: 3 }),
    fingerprint: fc.constantFrom('x', 'y'),
    before: fc.option(amount, { nil: undefined }),
    isChanged: fc.boolean(),
    rank: fc.nat(),
  })
  .map(({ isChanged, ...row }) => ({
    ...row,
    after: isChanged ? toAmount(BigInt(row.before ?? 0) + 1n) : row.before,
  }));

const drawnRows = fc.uniqueArray(drawnRow, {
  selector: ({ machine, hour, fingerprint }) => `${machine} ${hour} ${fingerprint}`,
});

function drawnBucket({ machine, hour, fingerprint }: Drawn, seconds: Amount | undefined): UsageBucket {
  const start = START + hour * HOUR;
  const quantities = seconds === undefined ? {} : { awake_seconds: seconds };
  return computeDay(machine, ON, 1, { start, end: start + HOUR, shape: shape(fingerprint), quantities });
}

test('finds each value that was changed and no other, in whatever order the rows come', () => {
  fc.assert(
    fc.property(drawnRows, (rows) => {
      const before = rows.map((row) => drawnBucket(row, row.before));
      const after = rows
        .toSorted((one, other) => one.rank - other.rank)
        .map((row) => drawnBucket(row, row.after));
      const told = found(before, after).map((restated) => [
        ...[restated.machineId, (restated.start - START) / HOUR, restated.fingerprint],
        ...[restated.before, restated.after],
      ]);
      const expected = rows
        .filter((row) => row.before !== row.after)
        .map((row) => [row.machine, row.hour, row.fingerprint, row.before, row.after]);
      assert.deepEqual(told, expected);
    }),
  );
});

test('they stand in one order, whatever came first: the newest find, then meters, buckets and machines', () => {
  const restated = (text: string): Restatement => {
    const [asOf = '', meter = '', hour = '', machineId = ''] = text.split(' ');
    return {
      ...{ kind: 'compute', fingerprint: '', before: undefined, after: 1, beforeAsOf: 0 },
      ...{ machineId, meter: meter as Restatement['meter'], afterAsOf: Number(asOf) },
      ...{ start: Number(hour) * HOUR, end: (Number(hour) + 1) * HOUR },
    };
  };
  const ordered = [
    '9 awake_seconds 7 a',
    '9 awake_seconds 7 b',
    '9 awake_seconds 6 a',
    '9 memory_mib_seconds 8 a',
    '9 storage_mib_seconds 8 a',
    '8 awake_seconds 9 a',
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (texts) => {
      const sorted = texts.map(restated).toSorted(compareRestatements);
      assert.deepEqual(sorted, ordered.map(restated));
    }),
  );
});

test('a billed figure that falls within its month is a restatement, with both values; one that grows is none', () => {
  const month = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 21) };
  const before = { billed: { awake_seconds: 100, cpu_millicore_seconds: 2n ** 60n }, asOf: 1 };
  const after = { billed: { awake_seconds: 101, cpu_millicore_seconds: 5 }, asOf: 2 };
  assert.deepEqual(billedRestatements(before, after, month), [
    {
      ...{ kind: 'billed', machineId: '', fingerprint: '', meter: 'cpu_millicore_seconds' },
      ...{ before: 2n ** 60n, after: 5, ...month, beforeAsOf: 1, afterAsOf: 2 },
    },
  ]);
  assert.deepEqual(billedRestatements(before, { billed: {}, asOf: 2 }, month), []);
});
