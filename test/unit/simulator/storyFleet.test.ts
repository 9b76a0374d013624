import assert from 'node:assert/strict';
import test from 'node:test';
import { monthForecast } from '../../../src/insights/forecast/monthForecast';
import { type UtcDay, utcDay } from '../../../src/usage/time';
import { STORY, STORY_DAY, storyFleet } from '../../simulator/dedalus/storyFleet';
import { type Sums } from '../../simulator/dedalus/totals';
import { type Simulator } from '../../simulator/server';
import { computeRows, NOW, read, simulated, storageRows, type Summary } from './asking';
import { agree } from './misbehaving';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OCTOBER = Date.UTC(2026, 9, 1);
const NOVEMBER = Date.UTC(2026, 10, 1);

interface Listed {
  readonly machine_id: string;
  readonly vcpu: number;
  readonly status: { readonly phase: string };
}

function ofMachine(simulator: Simulator, id: string, start: number, end: number): Sums {
  const sums = simulator.used(start, end).get(id);
  if (sums === undefined) throw new RangeError(`no machine ${id}`);
  return sums;
}

test('the story agrees with itself over the wire', async (t) => {
  await agree(await simulated(t, { fleet: storyFleet(NOW) }));
});

test('every working day is alike, and so is every day of a weekend, in both months', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW), now: () => NOW + 60 * DAY });
  for (let day = OCTOBER; day < Date.UTC(2026, 11, 1); day += DAY) {
    const used = [...simulator.used(day, day + DAY).values()];
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    assert.deepEqual(
      {
        awake_seconds: used.reduce((total, own) => total + own.awake_seconds, 0n),
        cpu_millicore_seconds: used.reduce((total, own) => total + own.cpu_millicore_seconds, 0n),
      },
      weekend ? STORY_DAY.weekend : STORY_DAY.working,
      new Date(day).toISOString(),
    );
  }
  assert.ok([...simulator.used(OCTOBER - DAY, OCTOBER).values()].every((own) => own.awake_seconds === 0n));
});

test('a forecast that knows both months meets awake and vCPU time', async (t) => {
  const month = { weekend: 9n, working: 21n };
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  for (const meter of ['awake_seconds', 'cpu_millicore_seconds'] as const) {
    const used = (start: number): number =>
      Number([...simulator.used(start, start + DAY).values()].reduce((total, own) => total + own[meter], 0n));
    const today = Date.UTC(2026, 10, 18);
    const days = new Map<UtcDay, number>();
    for (let day = OCTOBER; day < today; day += DAY) days.set(utcDay(day), used(day));
    const forecast = monthForecast({ days, openDay: used(today) }, NOW);
    const total = Number(month.working * STORY_DAY.working[meter] + month.weekend * STORY_DAY.weekend[meter]);
    assert.ok(forecast !== undefined && Math.abs(forecast.total - total) < total / 10_000);
    assert.ok(forecast.low <= total && total <= forecast.high);
  }
});

test('each machine has its known total', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  const awake = (id: string, start: number, end: number): bigint =>
    ofMachine(simulator, id, start, end).awake_seconds / 3600n;
  const today = Date.UTC(2026, 10, 18);
  // October 2026 has 22 working days; 12 lie between 1 and 17 November.
  assert.equal(awake(STORY.office, OCTOBER, NOVEMBER), 220n);
  assert.equal(awake(STORY.office, NOVEMBER, today), 120n);
  assert.equal(awake(STORY.stopped, OCTOBER, NOVEMBER), 744n);
  assert.equal(awake(STORY.stopped, NOVEMBER, today), 108n);
  assert.equal(awake(STORY.started, OCTOBER, NOVEMBER), 0n);
  assert.equal(awake(STORY.started, NOVEMBER, today), 300n);
  assert.equal(awake(STORY.resized, NOVEMBER, today), 408n);
  assert.equal(awake(STORY.idle, NOVEMBER, today), 408n);
  assert.equal(awake(STORY.destroyed, OCTOBER, today), 0n);
  assert.equal(
    ofMachine(simulator, STORY.destroyed, NOVEMBER, today).storage_mib_seconds,
    5000n * 408n * 3600n,
  );
  // 7 days and 13.5 hours with 4 GiB, the rest with 8.
  assert.equal(
    ofMachine(simulator, STORY.resized, NOVEMBER, today).memory_mib_seconds,
    (4096n * 363n * 3600n + 8192n * 453n * 3600n) / 2n,
  );
  // 09:23 on a Wednesday: the window that ends at 09:20 is the newest.
  assert.equal(ofMachine(simulator, STORY.office, today, NOW).awake_seconds, 4800n);
});

test('one is idle all day at 1 %, and nobody else is below 25 %', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  const rows = await computeRows(simulator, 'granularity=day');
  const duty = (row: (typeof rows)[number]): number =>
    row.cpu_millicore_seconds / (row.requested_vcpu * 1000 * row.awake_seconds);
  const [idle, busy] = [rows.filter((row) => duty(row) < 0.05), rows.filter((row) => duty(row) >= 0.25)];
  assert.equal(idle.length + busy.length, rows.length);
  assert.ok(idle.every((row) => row.machine_id === STORY.idle && duty(row) === 0.01));
  assert.ok(idle.slice(0, -1).every((row) => row.awake_seconds === 86_400));
});

test('the resize gives its hour and its day two rows', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  const query = `machine_id=${STORY.resized}&period_start=2026-11-08&period_end=2026-11-08`;
  const hour = (await computeRows(simulator, query)).filter((row) => row.bucket_start.includes('T13:'));
  const day = await computeRows(simulator, `${query}&granularity=day`);
  for (const [rows, awake] of [
    [hour, [1800, 1800]],
    [day, [48_600, 37_800]],
  ] as const) {
    assert.deepEqual(
      rows.map((row) => row.awake_seconds),
      awake,
    );
    assert.deepEqual(
      rows.map((row) => row.requested_vcpu),
      [2, 4],
    );
  }
});

test('the list of machines tells the story as it goes', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  const list = async (now: number): Promise<Record<string, string>> => {
    simulator.setNow(() => now);
    const { items } = await read<{ items: Listed[] }>(simulator, '/v1/machines');
    return Object.fromEntries(
      items.map((item) => [item.machine_id, `${item.status.phase}, ${String(item.vcpu)}`]),
    );
  };
  assert.deepEqual(await list(NOW), {
    [STORY.office]: 'running, 4',
    [STORY.stopped]: 'sleeping, 1',
    [STORY.started]: 'running, 1',
    [STORY.resized]: 'running, 4',
    [STORY.idle]: 'running, 2',
  });
  assert.deepEqual(await list(Date.UTC(2026, 9, 10, 3)), {
    [STORY.office]: 'sleeping, 4',
    [STORY.stopped]: 'running, 1',
    [STORY.resized]: 'running, 2',
    [STORY.idle]: 'running, 2',
    [STORY.destroyed]: 'sleeping, 1',
  });
  assert.deepEqual(
    [Date.UTC(2026, 9, 20) - 1, Date.UTC(2026, 9, 20)].map(
      (at) => storyFleet(NOW).machines.filter((machine) => machine.state(at) !== undefined).length,
    ),
    [5, 4],
  );
});

test('a destroyed machine stores, and is not provisioned', async (t) => {
  const simulator = await simulated(t, { fleet: storyFleet(NOW) });
  const rows = await storageRows(simulator, `machine_id=${STORY.destroyed}&period_start=2026-11-17`);
  assert.ok(rows.length > 24 && rows.every((row) => row.logical_storage_bytes === 5000 * 2 ** 20));
  const { provisioned_storage_gib } = await read<Summary>(simulator, '/v1/usage');
  assert.equal(provisioned_storage_gib, 20 + 10 + 10 + 40 + 10);
});

test('the story is told of whatever month it is', () => {
  for (const now of [Date.UTC(2026, 2, 15), Date.UTC(2027, 0, 31), Date.UTC(2028, 1, 29)]) {
    const date = new Date(now);
    const handover = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 5, 12);
    const [stopped, started] = [STORY.stopped, STORY.started].map((id) =>
      storyFleet(now).machines.find((machine) => machine.id === id),
    );
    assert.equal(stopped?.compute(handover - HOUR, now).length, 1);
    assert.equal(stopped.compute(handover, now).length, 0);
    assert.equal(started?.compute(handover - HOUR, now).length, 0);
    assert.equal(started.compute(handover, now).length, 1);
  }
});
