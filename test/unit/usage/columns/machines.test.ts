import assert from 'node:assert/strict';
import test from 'node:test';
import type { Machine, UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../../src/usage/columns/columns';
import { arrangeMachines, machineUsages } from '../../../../src/usage/columns/machines';
import { daysOf, monthToDate } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../builders';

const period = monthToDate(Date.UTC(2026, 10, 20, 12));
const days = (buckets: readonly UsageBucket[]): DayColumns => columnsByDay(buckets, daysOf(period));
const listed = (id: string, state = 'running'): Machine => ({
  id,
  vcpu: 2,
  memoryMib: 4096,
  storageGib: 20,
  state,
  createdAt: 0,
});

test('every machine appears: listed, with compute only, with storage only, or without anything', () => {
  const machines = machineUsages({
    compute: days([computeDay('gone', '2026-11-02', 60)]),
    storage: days([storageHour('archive', '2026-11-02', 1, 100)]),
    machines: [listed('new')],
  });
  assert.deepEqual(machines.map(({ machineId }) => machineId).sort(), ['archive', 'gone', 'new']);
  assert.equal(machines.find(({ machineId }) => machineId === 'archive')?.quantities.awake_seconds, 0);
  assert.equal(machines.find(({ machineId }) => machineId === 'gone')?.machine, undefined);
});

test('buckets that begin outside the month are not counted', () => {
  const [machine] = machineUsages({
    compute: days([
      computeDay('m', '2026-10-31', 1000),
      computeDay('m', '2026-11-01', 1),
      computeDay('m', '2026-11-20', 2),
      computeDay('m', '2026-12-01', 4000),
    ]),
    storage: days([]),
    machines: [],
  });
  assert.equal(machine?.quantities.awake_seconds, 3);
  assert.deepEqual([...machine.days.keys()], ['2026-11-01', '2026-11-20']);
});

test('days add up to the month', () => {
  const [machine] = machineUsages({
    compute: days(['01', '02', '03'].map((day, index) => computeDay('m', `2026-11-${day}`, 10 ** index))),
    storage: days([storageHour('m', '2026-11-02', 3, 7), storageHour('m', '2026-11-02', 4, 8)]),
    machines: undefined,
  });
  assert.equal(machine?.quantities.awake_seconds, 111);
  assert.equal(machine.days.get('2026-11-02')?.quantities.storage_mib_seconds, 15);
});

const fleet = machineUsages({
  compute: days([
    computeDay('m-10', '2026-11-03', 50),
    computeDay('m-9', '2026-11-04', 50),
    computeDay('busy', '2026-11-01', 900),
  ]),
  storage: days([storageHour('archive', '2026-11-02', 1, 100)]),
  machines: [listed('idle', 'sleeping')],
});
const ids = (view: Parameters<typeof arrangeMachines>[1], aliases = {}): string[] =>
  arrangeMachines(fleet, view, { aliases }).map(({ machineId }) => machineId);

test('machines are sorted by usage, by id as people count, or by last activity', () => {
  assert.deepEqual(ids({ sort: 'usage', text: '', hideZero: false }), [
    'busy',
    'm-9',
    'm-10',
    'archive',
    'idle',
  ]);
  assert.deepEqual(ids({ sort: 'id', text: '', hideZero: false }), [
    'archive',
    'busy',
    'idle',
    'm-9',
    'm-10',
  ]);
  assert.deepEqual(ids({ sort: 'lastActive', text: '', hideZero: false }).slice(0, 3), [
    'm-9',
    'm-10',
    'busy',
  ]);
});

test('the filter looks in ids, names and states, in any case', () => {
  assert.deepEqual(ids({ sort: 'id', text: 'M-', hideZero: false }), ['m-9', 'm-10']);
  assert.deepEqual(ids({ sort: 'id', text: 'sleep', hideZero: false }), ['idle']);
  assert.deepEqual(ids({ sort: 'id', text: 'Prod', hideZero: false }, { busy: 'production web' }), ['busy']);
});

test('hiding zero hides what used nothing, but nothing that has storage or whose usage is unknown', () => {
  assert.deepEqual(ids({ sort: 'id', text: '', hideZero: true }), ['archive', 'busy', 'm-9', 'm-10']);
  const unknown = machineUsages({ compute: undefined, storage: undefined, machines: [listed('x')] });
  assert.equal(arrangeMachines(unknown, { sort: 'id', text: '', hideZero: true }, {}).length, 1);
});

test('a machine may be called like something that every object has', () => {
  const odd = machineUsages({
    compute: undefined,
    storage: undefined,
    machines: [listed('constructor')],
  });
  assert.equal(arrangeMachines(odd, { sort: 'id', text: 'con', hideZero: false }, { aliases: {} }).length, 1);
});
