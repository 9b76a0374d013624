import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Finding, type FindingGroup, MOST_KEPT } from '../../../../src/insights/checks/finding';
import { checkRows } from '../../../../src/insights/checks/rowChecks';
import { runToEnd } from '../../../../src/insights/checks/timeSliced';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { toColumns } from '../../../../src/usage/columns/columns';
import { HOUR, MINUTE, startOfDay } from '../../../../src/usage/time';
import { computeDay, shape, storageHour } from '../../usage/builders';

const DAY_OF = '2026-11-20';
const at = (hour: number): number => startOfDay(DAY_OF) + hour * HOUR;

/** An hour of compute in which the machine did nothing. */
function computeHour(
  machineId: string,
  hour: number,
  awake: number,
  more: Partial<UsageBucket> = {},
): UsageBucket {
  return computeDay(machineId, DAY_OF, awake, { start: at(hour), end: at(hour + 1), ...more });
}

function groupsOf(
  buckets: readonly UsageBucket[],
  usage: Finding['usage'] = 'compute',
): readonly FindingGroup[] {
  return runToEnd(checkRows(toColumns(buckets), usage));
}

function found(buckets: readonly UsageBucket[], usage: Finding['usage'] = 'compute'): Finding[] {
  return groupsOf(buckets, usage).flatMap(({ findings }) => findings);
}

test('sound rows have nothing to be found', () => {
  assert.deepEqual(found([computeHour('a', 3, 3600), computeHour('a', 4, 10), computeHour('b', 3, 0)]), []);
  assert.deepEqual(found([storageHour('a', DAY_OF, 1, 5), storageHour('a', DAY_OF, 2, 5)], 'storage'), []);
});

test('a bucket of storage that is missing between two others is a gap, with its hours', () => {
  const rows = [
    storageHour('a', DAY_OF, 1, 5),
    storageHour('a', DAY_OF, 4, 5),
    storageHour('b', DAY_OF, 2, 5),
  ];
  assert.deepEqual(found(rows, 'storage'), [
    {
      ...{ kind: 'gap', severity: 'attention', usage: 'storage', subjectId: 'a' },
      ...{ start: at(2), end: at(4), found: 2 },
    },
  ]);
});

test('an hour of compute is missing only between two that were awake throughout', () => {
  const gap = { kind: 'gap', severity: 'attention', usage: 'compute', subjectId: 'a' };
  assert.deepEqual(found([computeHour('a', 1, 3600), computeHour('a', 3, 3600)]), [
    { ...gap, start: at(2), end: at(3), found: 1 },
  ]);
  assert.deepEqual(found([computeHour('a', 1, 3599), computeHour('a', 3, 3600)]), []);
  assert.deepEqual(
    found([computeHour('a', 1, 3600), computeHour('a', 4, 3600)]),
    [],
    'a sleep of hours is one',
  );
});

test('two shapes that share a full hour count together as awake throughout', () => {
  const rows = [
    computeHour('a', 1, 1800, { shape: shape('x') }),
    computeHour('a', 1, 1800, { shape: shape('y') }),
    computeHour('a', 3, 3600, { shape: shape('y') }),
  ];
  assert.deepEqual(
    found(rows).map(({ kind, severity }) => [kind, severity]),
    [
      ['gap', 'attention'],
      ['reshaped', 'remark'],
    ],
  );
});

test('rows of one machine and shape that share time overlap, whatever their order', () => {
  const twice = computeHour('a', 2, 60);
  const long = computeHour('a', 1, 60, { end: at(3) });
  assert.deepEqual(
    found([twice, long]).map(({ kind, severity, start, end, rows }) => [kind, severity, start, end, rows]),
    [
      [
        ...['overlap', 'trouble', at(2), at(3)],
        [
          { start: at(1), end: at(3) },
          { start: at(2), end: at(3) },
        ],
      ],
    ],
  );
  assert.deepEqual(
    found([twice, twice]).map(({ kind }) => kind),
    ['overlap'],
  );
  const other = computeHour('a', 2, 60, { shape: shape('y') });
  assert.deepEqual(
    found([twice, other]).map(({ kind }) => kind),
    ['reshaped'],
    'of another shape it is a resize',
  );
});

test('buckets of storage have any length: no vendor names one', () => {
  const quarter = (index: number): UsageBucket =>
    storageHour('a', DAY_OF, 0, 5, {
      start: at(1) + index * 15 * MINUTE,
      end: at(1) + (index + 1) * 15 * MINUTE,
    });
  assert.deepEqual(found([0, 1, 2, 3].map(quarter), 'storage'), []);
});

test('edges within an hour are told', () => {
  const [only] = found([computeHour('a', 2, 60, { start: at(2) + 10 * MINUTE })]);
  assert.equal(only?.kind, 'offHour');
  assert.equal(only.start, at(2) + 10 * MINUTE);
});

test('awake longer than the bucket, in one shape or over several', () => {
  const tooLong = { kind: 'tooLong', severity: 'trouble', usage: 'compute', subjectId: 'a' };
  const period = { start: at(2), end: at(3), meter: 'awake_seconds', limit: 3600 };
  assert.deepEqual(found([computeHour('a', 2, 3602)]), [{ ...tooLong, ...period, found: 3602 }]);
  assert.deepEqual(found([computeHour('a', 2, 3601)]), [], 'a second is what rounding makes');
  const [both] = found([
    computeHour('a', 2, 1800, { shape: shape('x') }),
    computeHour('a', 2, 1803, { shape: shape('y') }),
  ]);
  assert.deepEqual(both, { ...tooLong, ...period, found: 3603 });
  assert.deepEqual(
    found([computeDay('a', DAY_OF, 86_425)]).map(({ kind, limit }) => [kind, limit]),
    [['tooLong', 86_400]],
  );
});

test('an amount below zero is told with its meter, beyond 2^53 exactly', () => {
  const [only] = found(
    [storageHour('a', DAY_OF, 1, 0, { quantities: { storage_mib_seconds: -(2n ** 60n) } })],
    'storage',
  );
  assert.deepEqual([only?.kind, only?.meter, only?.found], ['negative', 'storage_mib_seconds', -(2n ** 60n)]);
});

test('duty above one is told, to the last millicore-second, for parts of a vCPU too', () => {
  const used = (cpu: number | bigint, vcpu = 2, awake: number | bigint = 3600): Finding[] =>
    found([
      computeHour('a', 2, 3600, {
        shape: shape('x', vcpu),
        quantities: { awake_seconds: awake, cpu_millicore_seconds: cpu },
      }),
    ]).filter(({ kind }) => kind === 'overDuty');
  // The seconds awake are whole: each may stand for one more, of two vCPUs.
  assert.deepEqual(used(7_202_000), []);
  assert.deepEqual(
    used(7_202_001).map(({ found: is, limit }) => [is, limit]),
    [[7_202_001, 7_200_000]],
  );
  assert.deepEqual(used(225_062, 0.0625), []);
  assert.equal(used(225_063, 0.0625).length, 1);
  assert.equal(used(2001, 2, 0).length, 1, 'asleep nothing can be used');
  assert.deepEqual(used(2n ** 60n * 2000n + 2000n, 2, 2n ** 60n), []);
  assert.equal(used(2n ** 60n * 2000n + 2001n, 2, 2n ** 60n).length, 1);
});

test('of very many findings some are kept, and all are counted', () => {
  const rows = Array.from({ length: 3 * MOST_KEPT }, (_, n) => computeHour(`m${n}`, 2, 4000));
  const [group] = groupsOf(rows);
  assert.deepEqual([group?.count, group?.serious, group?.findings.length], [600, 600, MOST_KEPT]);
});

/** Machines that are awake for a part of each hour from one hour to another, in any order of rows. */
const soundRows = fc
  .array(
    fc.record({
      first: fc.integer({ min: 0, max: 23 }),
      awake: fc.array(fc.integer({ min: 0, max: 3600 }), { maxLength: 24 }),
      vcpu: fc.constantFrom(0.5, 1, 2, 8),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 8 },
  )
  .chain((machines) => {
    const rows = machines.flatMap(({ first, awake, vcpu, share }, machine) =>
      awake.slice(0, 24 - first).map((seconds, hour) =>
        computeHour(`m${machine}`, first + hour, seconds, {
          shape: shape('x', vcpu),
          quantities: {
            awake_seconds: seconds,
            cpu_millicore_seconds: Math.floor(seconds * vcpu * 1000 * share),
            memory_mib_seconds: seconds * 1024,
          },
        }),
      ),
    );
    return fc.shuffledSubarray(rows, { minLength: rows.length });
  });

test('nothing is found in sound rows, in whatever order they come', () => {
  fc.assert(
    fc.property(soundRows, (rows) => {
      assert.deepEqual(groupsOf(rows), []);
      const stored = rows.map((row): UsageBucket => {
        const { shape: _, ...rest } = row;
        return { ...rest, kind: 'storage', quantities: { storage_mib_seconds: 1 } };
      });
      assert.deepEqual(groupsOf(stored, 'storage'), []);
    }),
  );
});
