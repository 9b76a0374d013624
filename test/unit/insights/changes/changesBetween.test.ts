import assert from 'node:assert/strict';
import test from 'node:test';
import { changesBetween, type PeriodRows } from '../../../../src/insights/changes/changesBetween';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay } from '../../../../src/usage/columns/columns';
import { computeDay, shape } from '../../usage/builders';
import { BEFORE_DAYS, compute, computeChange, found, linesOf, NOW_DAYS, storageChange } from './changes';

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
