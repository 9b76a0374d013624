import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Idle, idle, type IdleParts } from '../../../../src/insights/idle/idle';
import { type Amount, toAmount } from '../../../../src/usage/amount';
import type { Machine, UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../../src/usage/columns/columns';
import { computeDay, shape, storageHour } from '../../usage/builders';

const DAYS = ['2026-11-01', '2026-11-02'];
const DAY_SECONDS = 24 * 3600;
const GONE = ['destroyed'];

/** Two vCPUs for a whole day. */
const CAPACITY = 2 * 1000 * DAY_SECONDS;

function compute(...buckets: UsageBucket[]): DayColumns {
  return columnsByDay(buckets, DAYS);
}

/** A row of the shape with two vCPUs, unless told otherwise. */
function row(
  id: string,
  day: string,
  awake: Amount,
  cpu: Amount,
  more: Partial<UsageBucket> = {},
): UsageBucket {
  const quantities = { awake_seconds: awake, cpu_millicore_seconds: cpu, memory_mib_seconds: 1 };
  return computeDay(id, day, 0, { quantities, ...more });
}

function stored(...all: (readonly [string, number])[]): DayColumns {
  return columnsByDay(
    all.map(([id, amount]) => storageHour(id, '2026-11-02', 0, amount)),
    DAYS,
  );
}

function listed(id: string, state: string): Machine {
  return { id, vcpu: 2, memoryMib: 4096, storageGib: 20, state, createdAt: 0 };
}

function idleOf(parts: Partial<IdleParts>): Idle {
  return idle({ compute: undefined, storage: undefined, machines: undefined, goneStates: GONE, ...parts });
}

function idleIds(...buckets: UsageBucket[]): string[] | undefined {
  return idleOf({ compute: compute(...buckets) }).machines?.map(({ machineId }) => machineId);
}

function leftOf(parts: Partial<IdleParts>): [string, Amount, string][] | undefined {
  return idleOf(parts).storage?.map((own) => [own.machineId, own.storageMibSeconds, own.reason]);
}

test('a machine that was awake for a day at a low duty is idle, with the evidence', () => {
  const { machines } = idleOf({
    compute: compute(
      row('m', '2026-11-01', DAY_SECONDS / 2, CAPACITY / 100),
      row('m', '2026-11-02', DAY_SECONDS / 2, CAPACITY / 100),
    ),
  });
  assert.deepEqual(machines, [
    {
      machineId: 'm',
      awakeSeconds: DAY_SECONDS,
      usedMillicoreSeconds: CAPACITY / 50,
      requestedMillicoreSeconds: CAPACITY,
      duty: 0.02,
      memoryMibSeconds: 2,
    },
  ]);
});

test('just a day awake is long enough, a second less is not; five percent is not low', () => {
  const limit = CAPACITY / 20;
  assert.deepEqual(
    idleIds(
      row('dayAwake', '2026-11-01', DAY_SECONDS, 0),
      row('secondLess', '2026-11-01', DAY_SECONDS - 1, 0),
      row('atLimit', '2026-11-01', DAY_SECONDS, limit),
      row('belowLimit', '2026-11-01', DAY_SECONDS, limit - 1),
    ),
    ['belowLimit', 'dayAwake'],
  );
});

test('the rule can be another', () => {
  const parts = {
    ...{ compute: compute(row('m', '2026-11-01', 100, 30_000)), storage: undefined },
    ...{ machines: undefined, goneStates: GONE },
  };
  assert.equal(idle(parts, { awakeSeconds: 100, dutyPercent: 16 }).machines?.length, 1);
  assert.equal(idle(parts, { awakeSeconds: 100, dutyPercent: 15 }).machines?.length, 0);
  assert.equal(idle(parts, { awakeSeconds: 101, dutyPercent: 16 }).machines?.length, 0);
});

test('duty is over all shapes together, not the mean of their duties', () => {
  // 1 vCPU for a day at 40 %, then 16 vCPUs for a day at 1 %: 560 of 17,000 millicores.
  const { machines } = idleOf({
    compute: compute(
      row('m', '2026-11-01', DAY_SECONDS, 400 * DAY_SECONDS, { shape: shape('small', 1) }),
      row('m', '2026-11-02', DAY_SECONDS, 160 * DAY_SECONDS, { shape: shape('large', 16) }),
    ),
  });
  assert.equal(machines?.[0]?.duty, 560 / 17_000);
});

test('idle machines are ranked by the memory-time that they spent, unknown ones last', () => {
  const spending = (memory: Amount): Partial<UsageBucket> => ({
    quantities: { awake_seconds: DAY_SECONDS, cpu_millicore_seconds: 0, memory_mib_seconds: memory },
  });
  const untold = { quantities: { awake_seconds: DAY_SECONDS, cpu_millicore_seconds: 0 } };
  assert.deepEqual(
    idleIds(
      row('untold', '2026-11-01', 0, 0, untold),
      row('little', '2026-11-01', 0, 0, spending(9_007_199_254_740_992n)),
      row('nothing', '2026-11-01', 0, 0, spending(0)),
      row('much', '2026-11-01', 0, 0, spending(9_007_199_254_740_993n)),
    ),
    ['much', 'little', 'nothing', 'untold'],
  );
});

test('unknown is not idle: no shape, no vCPU-time, no awake time', () => {
  const shapeless = row('shapeless', '2026-11-01', DAY_SECONDS, 0);
  const { shape: _, ...withoutShape } = shapeless;
  assert.deepEqual(
    idleIds(
      withoutShape,
      row('noCpu', '2026-11-01', 0, 0, { quantities: { awake_seconds: DAY_SECONDS } }),
      row('noAwake', '2026-11-01', 0, 0, { quantities: { cpu_millicore_seconds: 0 } }),
      row('noVcpus', '2026-11-01', DAY_SECONDS, 0, { shape: shape('none', 0) }),
      row('partlyTold', '2026-11-01', DAY_SECONDS, 0),
      row('partlyTold', '2026-11-02', 0, 0, { quantities: { awake_seconds: DAY_SECONDS } }),
    ),
    [],
  );
  assert.equal(idleOf({ storage: stored(['m', 5]), machines: [] }).machines, undefined);
});

test('storage is left by machines that are gone, not listed, or were not awake; the largest first', () => {
  assert.deepEqual(
    leftOf({
      compute: compute(
        row('running', '2026-11-01', 60, 60),
        row('destroyed', '2026-11-01', 60, 60),
        row('zeroRow', '2026-11-01', 0, 0, {
          quantities: { awake_seconds: 0, cpu_millicore_seconds: 0, memory_mib_seconds: 0 },
        }),
      ),
      storage: stored(
        ...([
          ['running', 900],
          ['destroyed', 30],
          ['asleep', 50],
          ['notListed', 70],
          ['destroyed', 30],
          ['zeroRow', 10],
          ['empty', 0],
        ] as const),
      ),
      machines: [
        listed('running', 'running'),
        listed('destroyed', 'destroyed'),
        listed('asleep', 'sleeping'),
        listed('zeroRow', 'sleeping'),
        listed('empty', 'sleeping'),
      ],
    }),
    [
      ['notListed', 70, 'notListed'],
      ['destroyed', 60, 'gone'],
      ['asleep', 50, 'notAwake'],
      ['zeroRow', 10, 'notAwake'],
    ],
  );
});

test('storage that was deleted, or whose machine was awake on its last day, is not left', () => {
  const machines = [listed('other', 'running')];
  const storage = columnsByDay(
    [
      storageHour('deleted', '2026-11-01', 5, 9),
      storageHour('deletedToday', '2026-11-02', 3, 9),
      storageHour('inUse', '2026-11-02', 7, 9),
      storageHour('left', '2026-11-02', 7, 9),
      storageHour('emptied', '2026-11-02', 7, 9, {
        quantities: { storage_mib_seconds: 9, logical_storage_bytes: 0 },
      }),
    ],
    DAYS,
  );
  const rows = compute(row('inUse', '2026-11-02', 60, 60), row('left', '2026-11-01', 60, 60));
  assert.deepEqual(leftOf({ storage, machines, compute: rows }), [['left', 9, 'notListed']]);
});

test('a machine is not called asleep for a period of which a day of compute was not read', () => {
  const storage = stored(['asleep', 5], ['gone', 4]);
  const machines = [listed('asleep', 'sleeping'), listed('gone', 'destroyed')];
  const [first = ''] = DAYS;
  const parts = { storage, machines, compute: compute(), withoutCompute: new Set([first]) };
  assert.deepEqual(leftOf(parts), [['gone', 4, 'gone']]);
  assert.equal(leftOf({ ...parts, withoutCompute: new Set(DAYS) }), undefined);
});

test('storage is told by what is known: the list alone, compute alone, or neither', () => {
  const storage = stored(['asleep', 5], ['gone', 4], ['awake', 3]);
  const rows = compute(row('awake', '2026-11-01', 60, 60));
  const machines = [listed('asleep', 'sleeping'), listed('awake', 'running')];
  assert.equal(leftOf({ storage, machines }), undefined, 'who was awake then is not known');
  assert.deepEqual(leftOf({ storage, compute: rows }), [
    ['asleep', 5, 'notAwake'],
    ['gone', 4, 'notAwake'],
  ]);
  assert.equal(leftOf({ storage }), undefined);
  assert.equal(leftOf({ compute: rows, machines }), undefined);
});

test('storage that a row does not tell, and machines of which compute is not told, are left out', () => {
  const untold = storageHour('untold', '2026-11-01', 9, 0, { quantities: { logical_storage_bytes: 7 } });
  const storage = columnsByDay([untold, storageHour('noAwake', '2026-11-01', 9, 5)], DAYS);
  const rows = compute(row('noAwake', '2026-11-01', 0, 0, { quantities: { cpu_millicore_seconds: 0 } }));
  assert.deepEqual(leftOf({ storage, compute: rows }), []);
});

test('a machine is idle exactly when its sums say so, however its time is cut into rows', () => {
  const amount = fc.bigInt({ min: 0n, max: 2n ** 64n });
  const rows = fc.array(fc.record({ awake: amount, cpu: amount, vcpu: fc.constantFrom(1, 2, 0.25) }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(rows, (cut) => {
      const buckets = cut.map(({ awake, cpu, vcpu }, index) =>
        row('m', DAYS[index % 2] ?? '', toAmount(awake), toAmount(cpu / 16n), {
          shape: shape(`${vcpu}`, vcpu),
        }),
      );
      const awake = cut.reduce((total, own) => total + own.awake, 0n);
      const used = cut.reduce((total, own) => total + own.cpu / 16n, 0n);
      const requested = cut.reduce((total, own) => total + BigInt(own.vcpu * 1000) * own.awake, 0n);
      const expected = awake >= BigInt(DAY_SECONDS) && used * 20n < requested;
      assert.deepEqual(idleIds(...buckets), expected ? ['m'] : []);
    }),
  );
});
