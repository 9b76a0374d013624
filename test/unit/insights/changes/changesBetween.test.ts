import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  changesBetween,
  type MeterChange,
  type PeriodRows,
} from '../../../../src/insights/changes/changesBetween';
import { type Amount, toAmount } from '../../../../src/usage/amount';
import type { MachineShape, UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../../src/usage/columns/columns';
import { computeDay, shape, storageHour } from '../../usage/builders';

const BEFORE_DAYS = ['2026-10-01', '2026-10-02'];
const NOW_DAYS = ['2026-11-01', '2026-11-02'];
const HUGE = 2n ** 70n;

/** A row of compute: how long it was awake, vCPU-time, memory-time. */
interface Used {
  readonly id: string;
  readonly awake: Amount;
  readonly cpu?: Amount;
  readonly memory?: Amount;
  readonly shape?: MachineShape | undefined;
}

function compute(days: readonly string[], rows: readonly Used[]): DayColumns {
  const buckets = rows.map(({ id, awake, cpu = 0, memory = 0, ...more }, index) => {
    const quantities = {
      awake_seconds: toAmount(awake),
      cpu_millicore_seconds: toAmount(cpu),
      memory_mib_seconds: toAmount(memory),
    };
    const { shape: given, ...bucket } = computeDay(id, days[index % days.length] ?? '', 0, { quantities });
    const own = 'shape' in more ? more.shape : given;
    return own === undefined ? bucket : { ...bucket, shape: own };
  });
  return columnsByDay(buckets, days);
}

function storage(days: readonly string[], rows: readonly (readonly [string, Amount])[]): DayColumns {
  const buckets = rows.map(([id, amount], index) =>
    storageHour(id, days[index % days.length] ?? '', index % 24, 0, {
      quantities: { storage_mib_seconds: toAmount(amount) },
    }),
  );
  return columnsByDay(buckets, days);
}

function computeChange(before: readonly Used[], now: readonly Used[], meter: string): MeterChange {
  const changes = changesBetween(
    { compute: compute(NOW_DAYS, now), storage: undefined },
    { compute: compute(BEFORE_DAYS, before), storage: undefined },
  );
  return found(changes, meter);
}

function storageChange(before: readonly [string, Amount][], now: readonly [string, Amount][]): MeterChange {
  const changes = changesBetween(
    { compute: undefined, storage: storage(NOW_DAYS, now) },
    { compute: undefined, storage: storage(BEFORE_DAYS, before) },
  );
  return found(changes, 'storage_mib_seconds');
}

function found(changes: readonly MeterChange[], meter: string): MeterChange {
  const change = changes.find((own) => own.meter === meter);
  assert.ok(change);
  return change;
}

/** Cause and amount of each line, and its machines in their order. */
function linesOf({ lines }: MeterChange): [string, Amount, string[]][] {
  return lines.map(({ cause, amount, machines }) => [cause, amount, machines.map((own) => own.machineId)]);
}

test('awake time: machines started, stopped, and awake longer or shorter, each with its machines', () => {
  const change = computeChange(
    [
      { id: 'gone', awake: 500 },
      { id: 'longer', awake: 100 },
      { id: 'muchLonger', awake: 100 },
      { id: 'shorter', awake: 90 },
      { id: 'same', awake: 70 },
    ],
    [
      { id: 'new', awake: 40 },
      { id: 'longer', awake: 110 },
      { id: 'muchLonger', awake: 250 },
      { id: 'shorter', awake: 60 },
      { id: 'same', awake: 70 },
    ],
    'awake_seconds',
  );
  assert.deepEqual([change.before, change.now, change.difference], [860, 530, -330]);
  assert.deepEqual(linesOf(change), [
    ['stopped', -500, ['gone']],
    ['moreHours', 160, ['muchLonger', 'longer']],
    ['started', 40, ['new']],
    ['fewerHours', -30, ['shorter']],
  ]);
  assert.deepEqual(
    change.machines.map(({ machineId, difference }) => [machineId, difference]),
    [
      ['gone', -500],
      ['muchLonger', 150],
      ['new', 40],
      ['shorter', -30],
      ['longer', 10],
    ],
  );
});

test('vCPU-time: hours at the old shape and duty, then the shape at the old duty, then duty', () => {
  // Before: 100 s of 2 vCPUs at 10 %. Now: 150 s of 4 vCPUs at 15 %.
  const change = computeChange(
    [{ id: 'm', awake: 100, cpu: 20_000, shape: shape('small', 2) }],
    [{ id: 'm', awake: 150, cpu: 90_000, shape: shape('large', 4) }],
    'cpu_millicore_seconds',
  );
  assert.deepEqual(change.machines[0]?.parts, [
    { cause: 'moreHours', amount: 10_000 },
    { cause: 'resized', amount: 30_000 },
    { cause: 'busier', amount: 30_000 },
  ]);
});

test('a machine that slept more, was made smaller and was idler', () => {
  // Before: 100 s of 4 vCPUs at 50 %. Now: 50 s of half a vCPU at 20 %.
  const change = computeChange(
    [{ id: 'm', awake: 100, cpu: 200_000, shape: shape('large', 4) }],
    [{ id: 'm', awake: 50, cpu: 5_000, shape: shape('small', 0.5) }],
    'cpu_millicore_seconds',
  );
  assert.deepEqual(change.machines[0]?.parts, [
    { cause: 'fewerHours', amount: -100_000 },
    { cause: 'resized', amount: -87_500 },
    { cause: 'idler', amount: -7_500 },
  ]);
});

test('memory-time: hours, then the request; a resize in the middle of the period counts for its hours', () => {
  const small = shape('small', 2, 1000);
  const large = shape('large', 2, 3000);
  const change = computeChange(
    [{ id: 'm', awake: 100, memory: 100_000, shape: small }],
    [
      { id: 'm', awake: 100, memory: 100_000, shape: small },
      { id: 'm', awake: 20, memory: 60_000, shape: large },
    ],
    'memory_mib_seconds',
  );
  assert.deepEqual(change.machines[0]?.parts, [
    { cause: 'moreHours', amount: 20_000 },
    { cause: 'resized', amount: 40_000 },
  ]);
});

test('memory-time that the request does not account for is not called a resize', () => {
  const change = computeChange(
    [{ id: 'm', awake: 100, memory: 409_600 }],
    [{ id: 'm', awake: 100, memory: 409_700 }],
    'memory_mib_seconds',
  );
  assert.deepEqual(linesOf(change), [['unexplained', 100, ['m']]]);
});

test('parts that cancel each other out are still told', () => {
  const change = computeChange(
    [{ id: 'm', awake: 100, cpu: 20_000 }],
    [{ id: 'm', awake: 200, cpu: 20_000 }],
    'cpu_millicore_seconds',
  );
  assert.equal(change.difference, 0);
  assert.deepEqual(linesOf(change), [
    ['idler', -20_000, ['m']],
    ['moreHours', 20_000, ['m']],
  ]);
});

test('a third is rounded once, and the next part has the rest', () => {
  // 100 × 2 ÷ 3 = 66.67 after the hours; the shape is the same.
  const change = computeChange(
    [{ id: 'm', awake: 3, cpu: 100 }],
    [{ id: 'm', awake: 2, cpu: 70 }],
    'cpu_millicore_seconds',
  );
  assert.deepEqual(change.machines[0]?.parts, [
    { cause: 'fewerHours', amount: -33 },
    { cause: 'busier', amount: 3 },
  ]);
});

test('without a shape, or without awake time, the rest is unexplained', () => {
  const unshaped = computeChange(
    [{ id: 'm', awake: 100, cpu: 1000 }],
    [{ id: 'm', awake: 200, cpu: 5000, shape: undefined }],
    'cpu_millicore_seconds',
  );
  assert.deepEqual(linesOf(unshaped), [
    ['unexplained', 3000, ['m']],
    ['moreHours', 1000, ['m']],
  ]);
  const notAwake = computeChange(
    [{ id: 'm', awake: 0, cpu: 1000 }],
    [{ id: 'm', awake: 200, cpu: 5000 }],
    'cpu_millicore_seconds',
  );
  assert.deepEqual(linesOf(notAwake), [['unexplained', 4000, ['m']]]);
});

test('storage: begun, ended, more and less', () => {
  const change = storageChange(
    [
      ['gone', 5],
      ['grew', 10],
      ['grew', 10],
      ['shrank', 10],
      ['zero', 0],
    ],
    [
      ['new', 7],
      ['grew', 30],
      ['shrank', 9],
      ['gone', 0],
      ['zero', 2],
    ],
  );
  assert.deepEqual(linesOf(change), [
    ['moreStored', 10, ['grew']],
    ['started', 9, ['new', 'zero']],
    ['stopped', -5, ['gone']],
    ['lessStored', -1, ['shrank']],
  ]);
});

test('a breakdown that is not known of both periods is left out; one without rows is not', () => {
  const empty = columnsByDay([], NOW_DAYS);
  const metersOf = (now: PeriodRows, before: PeriodRows): string[] =>
    changesBetween(now, before).map(({ meter }) => meter);
  const all = { compute: empty, storage: empty };
  assert.deepEqual(metersOf(all, { compute: undefined, storage: empty }), ['storage_mib_seconds']);
  assert.deepEqual(metersOf({ compute: empty, storage: undefined }, all), [
    'awake_seconds',
    'cpu_millicore_seconds',
    'memory_mib_seconds',
  ]);
  assert.deepEqual(changesBetween(all, all)[0], {
    ...{ meter: 'awake_seconds', before: 0, now: 0, difference: 0 },
    ...{ lines: [], machines: [], untold: [] },
  });
});

test('a machine of which a row does not tell a meter is named, and in no figure of it', () => {
  const told = compute(BEFORE_DAYS, [
    { id: 'a', awake: 10, cpu: 10 },
    { id: 'b', awake: 10, cpu: 10 },
  ]);
  const partly: UsageBucket[] = [
    computeDay('a', '2026-11-01', 0, { quantities: { awake_seconds: 30, memory_mib_seconds: 0 } }),
    computeDay('b', '2026-11-01', 0, {
      quantities: { awake_seconds: 10, cpu_millicore_seconds: 15, memory_mib_seconds: 0 },
    }),
  ];
  const changes = changesBetween(
    { compute: columnsByDay(partly, NOW_DAYS), storage: undefined },
    { compute: told, storage: undefined },
  );
  const cpu = found(changes, 'cpu_millicore_seconds');
  assert.deepEqual([cpu.before, cpu.now, cpu.difference, cpu.untold], [10, 15, 5, ['a']]);
  assert.deepEqual(linesOf(cpu), [['busier', 5, ['b']]]);
  assert.deepEqual(linesOf(found(changes, 'awake_seconds')), [['moreHours', 20, ['a']]]);
});

const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 100_000n }),
  fc.bigInt({ min: 0n, max: HUGE }),
);
const anyShape = fc.constantFrom(
  ...[shape('a', 2, 4096), shape('b', 0.3, 512), shape('c', 16, 65_536), shape('d', 0, 0), undefined],
);
const anyUse = fc.record({
  id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
  awake: amount,
  cpu: amount,
  memory: amount,
  shape: anyShape,
});
const anyUses = fc.array(anyUse, { maxLength: 12 });
const anyStored = fc.array(fc.tuple(fc.constantFrom('m1', 'm2', 'm3', 'm4'), amount), { maxLength: 12 });
const periods = fc.record({ before: anyUses, now: anyUses, storedBefore: anyStored, storedNow: anyStored });

function changesOf({ before, now, storedBefore, storedNow }: Periods): MeterChange[] {
  return changesBetween(
    { compute: compute(NOW_DAYS, now), storage: storage(NOW_DAYS, storedNow) },
    { compute: compute(BEFORE_DAYS, before), storage: storage(BEFORE_DAYS, storedBefore) },
  );
}

type Periods = typeof periods extends fc.Arbitrary<infer T> ? T : never;

function total(all: readonly { readonly amount: Amount }[]): bigint {
  return all.reduce((sum, own) => sum + BigInt(own.amount), 0n);
}

test('lines, their machines and the parts of each machine add up to the difference, exactly', () => {
  fc.assert(
    fc.property(periods, (both) => {
      const sums = {
        awake_seconds: both.now.reduce((s, { awake }) => s + awake, 0n),
        cpu_millicore_seconds: both.now.reduce((s, { cpu }) => s + cpu, 0n),
        memory_mib_seconds: both.now.reduce((s, { memory }) => s + memory, 0n),
        storage_mib_seconds: both.storedNow.reduce((s, [, stored]) => s + stored, 0n),
      };
      for (const { meter, before, now, difference, lines, machines, untold } of changesOf(both)) {
        assert.deepEqual(untold, []);
        assert.equal(BigInt(now), sums[meter]);
        assert.equal(BigInt(now) - BigInt(before), BigInt(difference));
        assert.equal(total(lines), BigInt(difference));
        assert.equal(total(machines.map((own) => ({ amount: own.difference }))), BigInt(difference));
        for (const line of lines) {
          assert.equal(total(line.machines), BigInt(line.amount));
          assert.ok(line.machines.length > 0);
        }
        for (const machine of machines) {
          assert.equal(total(machine.parts), BigInt(machine.difference));
          assert.equal(BigInt(machine.now) - BigInt(machine.before), BigInt(machine.difference));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('machines of a line and of a meter come largest first, and no part is zero', () => {
  const size = (value: Amount): bigint => (value < 0 ? -BigInt(value) : BigInt(value));
  const descends = (amounts: readonly Amount[]): boolean =>
    amounts.every((own, index) => index === 0 || size(own) <= size(amounts[index - 1] ?? 0));
  fc.assert(
    fc.property(periods, (both) => {
      for (const { lines, machines } of changesOf(both)) {
        assert.ok(descends(lines.map((line) => line.amount)));
        assert.ok(descends(machines.map(({ difference }) => difference)));
        for (const line of lines) {
          assert.ok(descends(line.machines.map((own) => own.amount)));
          assert.ok(line.machines.every((own) => own.amount !== 0));
        }
      }
    }),
  );
});

test('the other way round, what started has stopped, by the same amount', () => {
  fc.assert(
    fc.property(periods, ({ before, now, storedBefore, storedNow }) => {
      const there = changesOf({ before, now, storedBefore, storedNow });
      const back = changesOf({ before: now, now: before, storedBefore: storedNow, storedNow: storedBefore });
      for (const { meter, lines } of there) {
        const started = lines.find(({ cause }) => cause === 'started')?.amount ?? 0;
        const other = found(back, meter).lines.find(({ cause }) => cause === 'stopped')?.amount ?? 0;
        assert.equal(BigInt(started), -BigInt(other));
      }
    }),
  );
});

test('a machine that does the same for n times as long has more hours and nothing else', () => {
  const anyAwake = fc.record({
    id: fc.constant('m'),
    awake: fc.bigInt({ min: 1n, max: HUGE }),
    cpu: amount,
    memory: amount,
    shape: fc.constantFrom(shape('a', 2, 4096), shape('b', 0.3, 512)),
  });
  fc.assert(
    fc.property(
      fc.array(anyAwake, { minLength: 1, maxLength: 6 }),
      fc.bigInt({ min: 2n, max: 50n }),
      (uses, n) => {
        const times = uses.map((own) => ({
          ...own,
          ...{ awake: own.awake * n, cpu: own.cpu * n, memory: own.memory * n },
        }));
        for (const meter of ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds']) {
          const causes = computeChange(uses, times, meter).lines.map(({ cause }) => cause);
          assert.ok(causes.every((cause) => cause === 'moreHours'));
        }
      },
    ),
  );
});

test('without a resize nothing is called one, however awake time and vCPU-time change', () => {
  const use = fc.record({ awake: fc.bigInt({ min: 1n, max: HUGE }), cpu: amount });
  fc.assert(
    fc.property(use, use, (before, now) => {
      const { lines } = computeChange(
        [{ id: 'm', ...before }],
        [{ id: 'm', ...now }],
        'cpu_millicore_seconds',
      );
      assert.ok(lines.every(({ cause }) => cause !== 'resized' && cause !== 'unexplained'));
    }),
  );
});
