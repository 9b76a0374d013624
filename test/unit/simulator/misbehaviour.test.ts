import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { type Misbehaviour } from '../../simulator/dedalus/misbehaviour';
import { computeRows, NOW, read, simulated, storageRows } from './asking';
import { agree, allReplies, closedSum, machineOf, summarised } from './misbehaving';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The hours that are told wrongly: 04:00 to 08:00 on a Tuesday. */
const START = Date.UTC(2026, 10, 10, 4);
const SPAN = { start: START, end: START + 4 * HOUR };
const STARTS = [4, 5, 6, 7].map((hour) => `2026-11-10T0${String(hour)}:00:00Z`);

/** One of each kind that changes something at NOW. */
const EACH: readonly Misbehaviour[] = [
  { kind: 'lateEmission', ...SPAN },
  { kind: 'twoIdentifiers', ...SPAN },
  { kind: 'sharedIdentifier', ...SPAN },
  { kind: 'repeatedIdentifier', ...SPAN },
  { kind: 'restatement', ...SPAN, percent: 90 },
  { kind: 'gap', ...SPAN },
  { kind: 'lostDay', date: '2026-11-10' },
  { kind: 'overlap', ...SPAN },
  { kind: 'tooAwake', ...SPAN },
  { kind: 'tooBusy', ...SPAN },
  { kind: 'negative', ...SPAN },
  { kind: 'offTheHour', ...SPAN, seconds: 7 },
  { kind: 'summaryOff', by: { awake_seconds: 60n } },
];

test('without misbehaviour the replies of a seed are these bytes', async (t) => {
  const simulator = await simulated(t);
  const digest = createHash('sha256').update(await allReplies(simulator));
  assert.equal(digest.digest('hex'), 'f528b57af5a2076c489d0435391693bf8883c5ad4e7bfc46328f6a04a69e7012');
  assert.deepEqual(simulator.totals(), simulator.undisturbed());
  assert.deepEqual(simulator.changes(Date.UTC(2026, 10, 1), NOW), []);
});

for (const misbehaviour of EACH) {
  test(`${misbehaviour.kind} shows in the replies while it is on, and not before or after`, async (t) => {
    const simulator = await simulated(t, { machines: 3 });
    const usual = await allReplies(simulator);
    const end = simulator.misbehave(misbehaviour);
    const unusual = await allReplies(simulator);
    assert.notEqual(unusual, usual);
    if (misbehaviour.kind !== 'offTheHour') await agree(simulator);
    end();
    end();
    assert.equal(await allReplies(simulator), usual);
    simulator.misbehave(misbehaviour);
    simulator.behave();
    assert.equal(await allReplies(simulator), usual);
    const from = await simulated(t, { machines: 3, misbehaviours: [misbehaviour] });
    assert.equal(await allReplies(from), unusual);
  });
}

test('a misbehaviour may begin later by the clock', async (t) => {
  const since = NOW + 60_000;
  const simulator = await simulated(t, {
    machines: 1,
    misbehaviours: [{ kind: 'gap', ...SPAN, since }],
  });
  assert.equal(simulator.changes(SPAN.start, SPAN.end).length, 0);
  simulator.setNow(() => since);
  // Awake, vCPU, memory and stored, in four hours.
  assert.equal(simulator.changes(SPAN.start, SPAN.end).length, 16);
  assert.equal((await computeRows(simulator, 'period_start=2026-11-10&period_end=2026-11-10')).length, 20);
});

test('closed hours are restated, and hours that were open then are not', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const machine = machineOf(simulator, 'api-server');
  const before = simulator.totals();
  simulator.misbehave({ kind: 'restatement', machine, percent: 50, start: NOW - 5 * HOUR });
  const rows = await computeRows(simulator, `machine_id=${machine}&period_start=2026-11-18`);
  // 08:00 to 09:00 closes at 09:45; it is 09:23.
  assert.deepEqual(
    rows.slice(4).map((row) => row.awake_seconds),
    [3600, 1800, 1800, 1800, 3600, 1200],
  );
  await agree(simulator);
  const { billed, metered } = simulator.totals();
  assert.equal(metered.awake_seconds, before.metered.awake_seconds - 3n * 1800n);
  assert.equal(billed.awake_seconds, before.billed.awake_seconds - 3n * 1800n);
  simulator.setNow(() => NOW + DAY);
  const later = await computeRows(simulator, `machine_id=${machine}&period_start=2026-11-18`);
  assert.equal(later.find((row) => row.bucket_start === '2026-11-18T08:00:00Z')?.awake_seconds, 3600);
});

test('a restatement may leave the summary and other meters as they were', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const usual = await summarised(simulator);
  const machine = machineOf(simulator, 'api-server');
  const meters = ['awake_seconds', 'storage_mib_seconds'] as const;
  simulator.misbehave({ kind: 'restatement', ...SPAN, machine, percent: 25, meters, summary: 'stays' });
  assert.deepEqual(await summarised(simulator), usual);
  await agree(simulator);
  assert.equal(usual.awake_seconds - closedSum(simulator, 'awake_seconds'), 4n * 2700n);
  assert.equal(closedSum(simulator, 'cpu_millicore_seconds'), usual.cpu_millicore_seconds);
  const changes = simulator.changes(SPAN.start, SPAN.end);
  assert.deepEqual(changes[0], {
    ...{ machine, hour: START, meter: 'awake_seconds', before: 3600n, rows: 900n, summary: 3600n },
  });
  assert.deepEqual([...new Set(changes.map(({ meter }) => meter))], [...meters]);
});

for (const summary of ['follows', 'stays'] as const) {
  test(`a gap takes rows of compute away, and the summary ${summary}`, async (t) => {
    const simulator = await simulated(t, { machines: 3 });
    const usual = await summarised(simulator);
    const machine = machineOf(simulator, 'api-server');
    simulator.misbehave({ kind: 'gap', machine, resource: 'compute', ...SPAN, every: 2, summary });
    const rows = await computeRows(simulator, `machine_id=${machine}`);
    const starts = rows.map((row) => row.bucket_start);
    assert.deepEqual(
      STARTS.map((start) => starts.includes(start)),
      [false, true, false, true],
    );
    const stored = await storageRows(simulator, `machine_id=${machine}`);
    assert.equal(stored.filter((row) => STARTS.includes(row.bucket_start)).length, 4);
    const lost = usual.awake_seconds - (await summarised(simulator)).awake_seconds;
    assert.equal(lost, summary === 'stays' ? 0n : 7200n);
    assert.equal(simulator.changes(SPAN.start, SPAN.end)[0]?.rows, undefined);
    await agree(simulator);
  });
}

test('a lost day has no rows of any machine, and the days beside it have', async (t) => {
  const simulator = await simulated(t);
  simulator.misbehave({ kind: 'lostDay', date: '2026-11-10', summary: 'stays' });
  const rows = [
    ...(await computeRows(simulator, '')),
    ...(await computeRows(simulator, 'granularity=day')),
    ...(await storageRows(simulator, '')),
  ];
  const dates = new Set(rows.map((row) => row.bucket_start.slice(0, 10)));
  assert.equal(dates.size, 17);
  assert.ok(!dates.has('2026-11-10') && dates.has('2026-11-09') && dates.has('2026-11-11'));
  assert.equal(simulator.totals().days.get('2026-11-10')?.awake_seconds, 0n);
  assert.deepEqual(await summarised(simulator), simulator.undisturbed().billed);
});

test('overlapping rows lie half a bucket later, with the same values', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const machine = machineOf(simulator, 'api-server');
  simulator.misbehave({ kind: 'overlap', machine, ...SPAN });
  for (const [granularity, plain, late, end] of [
    ['hour', '2026-11-10T04:00:00Z', '2026-11-10T04:30:00Z', '2026-11-10T05:30:00Z'],
    ['day', '2026-11-10T00:00:00Z', '2026-11-10T12:00:00Z', '2026-11-11T12:00:00Z'],
  ] as const) {
    const rows = await computeRows(simulator, `machine_id=${machine}&granularity=${granularity}`);
    const at = (start: string): (typeof rows)[number] | undefined =>
      rows.find((row) => row.bucket_start === start);
    assert.equal(at(late)?.bucket_end, end);
    assert.equal(at(late)?.awake_seconds, granularity === 'hour' ? 3600 : 4 * 3600);
    assert.equal(at(plain)?.awake_seconds, granularity === 'hour' ? 3600 : 86_400);
  }
  await agree(simulator);
});

test('a machine is awake for longer than its hours and its day, and memory with it', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const machine = machineOf(simulator, 'api-server');
  const day = Date.UTC(2026, 10, 10);
  simulator.misbehave({ kind: 'tooAwake', machine, start: day, end: day + DAY });
  for (const [granularity, seconds] of [
    ['hour', 3900],
    ['day', 24 * 3900],
  ] as const) {
    const query = `machine_id=${machine}&period_start=2026-11-10&period_end=2026-11-10`;
    for (const row of await computeRows(simulator, `${query}&granularity=${granularity}`)) {
      assert.equal(row.awake_seconds, seconds);
      assert.equal(row.memory_mib_seconds, row.requested_memory_mib * seconds);
    }
  }
  await agree(simulator);
});

test('a machine uses more vCPU than it has', async (t) => {
  const simulator = await simulated(t);
  const machine = machineOf(simulator, 'sandbox');
  simulator.misbehave({ kind: 'tooBusy', machine, percent: 250 });
  const rows = await computeRows(simulator, `machine_id=${machine}`);
  assert.ok(rows.length > 0);
  for (const row of rows)
    assert.equal(row.cpu_millicore_seconds, 2.5 * row.requested_vcpu * 1000 * row.awake_seconds);
  await agree(simulator);
});

test('quantities are negative where it is said', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  simulator.misbehave({
    kind: 'negative',
    ...SPAN,
    meters: ['cpu_millicore_seconds', 'storage_mib_seconds'],
  });
  const rows = await computeRows(simulator, '');
  const stored = await storageRows(simulator, '');
  assert.ok(rows.every((row) => row.awake_seconds > 0));
  const below = (row: { bucket_start: string }): string => row.bucket_start;
  assert.deepEqual(rows.filter((row) => row.cpu_millicore_seconds < 0).map(below), STARTS);
  assert.deepEqual(stored.filter((row) => row.storage_mib_seconds < 0).map(below), STARTS);
});

test('rows start and end off the hour, and sums stay', async (t) => {
  const simulator = await simulated(t, { machines: 2 });
  const before = simulator.totals();
  const machine = machineOf(simulator, 'api-server');
  simulator.misbehave({
    kind: 'offTheHour',
    machine,
    start: Date.UTC(2026, 10, 10),
    end: START,
    seconds: -7,
  });
  for (const rows of [await computeRows(simulator, ''), await storageRows(simulator, '')]) {
    const off = rows.filter((row) => !row.bucket_start.endsWith(':00:00Z'));
    assert.equal(off.length, 4);
    assert.equal(off[0]?.bucket_start, '2026-11-09T23:59:53Z');
    assert.equal(off[0].bucket_end, '2026-11-10T00:59:53Z');
    assert.ok(off.every((row) => row.machine_id === machine));
  }
  const days = await computeRows(simulator, `machine_id=${machine}&granularity=day`);
  assert.deepEqual(
    days.map((row) => row.bucket_end).filter((end) => !end.endsWith('T00:00:00Z')),
    ['2026-11-10T23:59:53Z'],
  );
  assert.deepEqual(simulator.totals(), before);
});

test('a machine that uses something is not in the list', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const usual = await read<{ provisioned_storage_gib: number }>(simulator, '/v1/usage');
  const machine = machineOf(simulator, 'api-server');
  const end = simulator.misbehave({ kind: 'unlisted', machine });
  const ids = async (): Promise<string[]> =>
    (await read<{ items: { machine_id: string }[] }>(simulator, '/v1/machines')).items.map(
      (item) => item.machine_id,
    );
  assert.equal((await ids()).length, 2);
  assert.ok(!(await ids()).includes(machine));
  assert.ok((await computeRows(simulator, `machine_id=${machine}`)).length > 0);
  assert.deepEqual(await read(simulator, '/v1/usage'), usual);
  await agree(simulator);
  end();
  assert.equal((await ids()).length, 3);
});

test('the summary is off by what nothing explains', async (t) => {
  const simulator = await simulated(t, { machines: 3 });
  const usual = await summarised(simulator);
  simulator.misbehave({ kind: 'summaryOff', by: { awake_seconds: -61n, storage_mib_seconds: 5n } });
  simulator.misbehave({ kind: 'summaryOff', by: { awake_seconds: 1n } });
  assert.deepEqual(await summarised(simulator), {
    ...usual,
    awake_seconds: usual.awake_seconds - 60n,
    storage_mib_seconds: usual.storage_mib_seconds + 5n,
  });
  assert.equal(closedSum(simulator, 'awake_seconds'), usual.awake_seconds);
  await agree(simulator);
});

test('a misbehaviour that could do nothing is refused', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  assert.throws(() => simulator.misbehave({ kind: 'gap', machine: 'dm-nobody' }), /dm-nobody/);
  assert.throws(() => simulator.misbehave({ kind: 'lostDay', date: '2026-02-30' }), /2026-02-30/);
  assert.throws(() => simulator.misbehave({ kind: 'gap', every: 0 }), /every of gap/);
  assert.throws(() => simulator.misbehave({ kind: 'offTheHour', seconds: 0.5 }), /seconds of offTheHour/);
});
