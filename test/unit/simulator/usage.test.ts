import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ask,
  type ComputeRow,
  computeRows,
  NOW,
  read,
  type Rows,
  simulated,
  storageRows,
  sum,
} from './asking';

const COMPUTE = '/v1/usage/machines/compute';
const STORAGE = '/v1/usage/machines/storage';

test('the same seed makes the same month, another seed another', async (t) => {
  const texts = await Promise.all(
    [1, 1, 2].map(async (seed) => (await ask(await simulated(t, { seed, machines: 4 }), COMPUTE)).text()),
  );
  assert.equal(texts[0], texts[1]);
  assert.notEqual(texts[0], texts[2]);
});

test('the local time zone changes nothing', async (t) => {
  const before = process.env['TZ'];
  t.after(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
  const simulator = await simulated(t);
  const texts = new Set<string>();
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns']) {
    process.env['TZ'] = zone;
    const replies = await Promise.all(
      [COMPUTE, STORAGE, '/v1/usage', '/v1/machines'].map(async (path) =>
        (await ask(simulator, path)).text(),
      ),
    );
    texts.add(replies.join('\n'));
  }
  assert.equal(texts.size, 1);
});

test('by default a reply covers the month until now, in hours', async (t) => {
  const body = await read<Rows<ComputeRow>>(await simulated(t), COMPUTE);
  assert.equal(body.granularity, 'hour');
  assert.equal(body.period_start, '2026-11-01T00:00:00Z');
  assert.equal(body.period_end, '2026-11-18T09:23:11Z');
});

test('the last date is included and the end of the reply is not', async (t) => {
  const simulator = await simulated(t);
  const body = await read<Rows<ComputeRow>>(
    simulator,
    `${COMPUTE}?period_start=2026-11-03&period_end=2026-11-04`,
  );
  assert.equal(body.period_end, '2026-11-05T00:00:00Z');
  const starts = (body.rows ?? []).map((row) => row.bucket_start).sort();
  assert.equal(starts[0], '2026-11-03T00:00:00Z');
  assert.equal(starts.at(-1), '2026-11-04T23:00:00Z');
});

for (const [name, first, last] of [
  ['of a leap year', '2024-02-28', '2024-03-01'],
  ['of a year', '2025-12-31', '2026-01-01'],
] as const) {
  test(`days follow each other without a gap at the end of a month ${name}`, async (t) => {
    const simulator = await simulated(t);
    const rows = await computeRows(simulator, `period_start=${first}&period_end=${last}&granularity=day`);
    const server = rows.filter((row) => row.machine_id.startsWith('dm-api-server'));
    assert.ok(server.every((row) => row.awake_seconds === 86_400));
    assert.ok(
      server.every((row, index) => index === 0 || row.bucket_start === server[index - 1]?.bucket_end),
    );
    assert.equal(server[0]?.bucket_start, `${first}T00:00:00Z`);
    assert.equal(server.at(-1)?.bucket_start, `${last}T00:00:00Z`);
  });
}

test('in the first minutes of a month there are no rows, and an hour later one', async (t) => {
  const start = Date.UTC(2026, 10, 1);
  const simulator = await simulated(t, { now: () => start + 60_000 });
  const body = await read<Rows<ComputeRow>>(simulator, COMPUTE);
  assert.equal(body.rows, null);
  assert.equal(body.period_end, '2026-11-01T00:01:00Z');
  simulator.setNow(() => start + 3_600_000);
  assert.ok((await computeRows(simulator, '')).length > 0);
});

test('a period that has not begun is empty', async (t) => {
  const body = await read<Rows<ComputeRow>>(
    await simulated(t),
    `${COMPUTE}?period_start=2026-11-19&period_end=2026-11-20`,
  );
  assert.deepEqual(
    [body.rows, body.period_start, body.period_end],
    [null, '2026-11-19T00:00:00Z', '2026-11-19T00:00:00Z'],
  );
});

test('nothing is later than now, and what is past stays as it is', async (t) => {
  const simulator = await simulated(t);
  const before = await computeRows(simulator, 'period_start=2026-11-18');
  assert.ok(before.every((row) => Date.parse(row.last_window_end) <= NOW));
  assert.ok(before.some((row) => row.bucket_start === '2026-11-18T09:00:00Z' && row.awake_seconds < 3600));
  simulator.setNow(() => NOW + 86_400_000);
  const after = await computeRows(simulator, 'period_start=2026-11-18&period_end=2026-11-18');
  for (const row of before.filter((past) => past.bucket_start < '2026-11-18T09:00:00Z')) {
    const later = after.find(
      (other) =>
        other.machine_id === row.machine_id &&
        other.bucket_start === row.bucket_start &&
        other.spec_fingerprint === row.spec_fingerprint,
    );
    assert.equal(later?.cpu_millicore_seconds, row.cpu_millicore_seconds);
  }
});

test('no row claims more than its bucket can hold', async (t) => {
  const rows = await computeRows(await simulated(t, { machines: 40 }), '');
  const awake = new Map<string, number>();
  for (const row of rows) {
    const bucket = `${row.machine_id} ${row.bucket_start}`;
    awake.set(bucket, (awake.get(bucket) ?? 0) + row.awake_seconds);
    assert.ok(row.cpu_millicore_seconds <= row.requested_vcpu * 1000 * row.awake_seconds);
    assert.equal(row.memory_mib_seconds, row.requested_memory_mib * row.awake_seconds);
    assert.ok(row.last_window_end > row.bucket_start && row.last_window_end <= row.bucket_end);
  }
  assert.ok([...awake.values()].every((seconds) => seconds > 0 && seconds <= 3600));
});

test('days are the sums of their hours and name the org buckets of their hours', async (t) => {
  const simulator = await simulated(t);
  const hours = await computeRows(simulator, '');
  const days = await computeRows(simulator, 'granularity=day');
  for (const day of days) {
    const of = hours.filter(
      (hour) =>
        hour.machine_id === day.machine_id &&
        hour.spec_fingerprint === day.spec_fingerprint &&
        hour.bucket_start.slice(0, 10) === day.bucket_start.slice(0, 10),
    );
    assert.equal(
      BigInt(day.awake_seconds),
      sum(of, (row) => row.awake_seconds),
    );
    assert.equal(
      BigInt(day.cpu_millicore_seconds),
      sum(of, (row) => row.cpu_millicore_seconds),
    );
    assert.equal(
      BigInt(day.memory_mib_seconds),
      sum(of, (row) => row.memory_mib_seconds),
    );
    assert.equal(
      BigInt(day.window_count),
      sum(of, (row) => row.window_count),
    );
    const ids = of.flatMap((row) => row.org_metering_bucket_ids ?? []);
    assert.deepEqual(day.org_metering_bucket_ids ?? [], ids);
  }
  assert.equal(
    sum(days, (row) => row.awake_seconds),
    sum(hours, (row) => row.awake_seconds),
  );
});

test('a resize in the middle of an hour gives that hour and that day two rows', async (t) => {
  const simulator = await simulated(t);
  for (const [granularity, start] of [
    ['hour', '2026-11-02T13:00:00Z'],
    ['day', '2026-11-02T00:00:00Z'],
  ] as const) {
    const rows = await computeRows(
      simulator,
      `period_start=2026-11-02&period_end=2026-11-02&granularity=${granularity}`,
    );
    const database = rows.filter(
      (row) => row.machine_id.startsWith('dm-database') && row.bucket_start === start,
    );
    assert.equal(new Set(database.map((row) => row.spec_fingerprint)).size, 2);
    assert.equal(
      sum(database, (row) => row.awake_seconds),
      granularity === 'hour' ? 3600n : 86_400n,
    );
  }
});

test('the newest rows have no org bucket, closed ones have, emitted ones have Stripe identifiers', async (t) => {
  const rows = await computeRows(await simulated(t), 'period_start=2026-11-18');
  const at = (hour: string): ComputeRow | undefined =>
    rows.find((row) => row.machine_id.startsWith('dm-api-server') && row.bucket_start.includes(`T${hour}:`));
  assert.equal(at('09')?.org_metering_bucket_ids, null);
  assert.equal(at('08')?.org_metering_bucket_ids?.length, 1);
  assert.equal(at('08')?.stripe_cpu_identifiers, null);
  assert.equal(at('08')?.latest_stripe_emitted_at, undefined);
  assert.equal(at('07')?.stripe_cpu_identifiers?.length, 1);
  assert.match(at('07')?.latest_stripe_emitted_at ?? '', /^2026-11-18T09:0\d:\d\dZ$/);
});

test('storage comes in hours or days, and both add up to the same', async (t) => {
  const [hourly, daily] = [await simulated(t), await simulated(t, { storageBucket: 'day' })];
  const hours = await storageRows(hourly, '');
  const days = await storageRows(daily, '');
  assert.ok(hours.length > 10 * days.length);
  assert.equal(
    sum(hours, (row) => row.storage_mib_seconds),
    sum(days, (row) => row.storage_mib_seconds),
  );
  assert.ok(hours.every((row) => row.storage_mib_seconds <= (row.logical_storage_bytes / 2 ** 20) * 3600));
});

test('compute and storage use different org buckets', async (t) => {
  const simulator = await simulated(t);
  const compute = (await computeRows(simulator, '')).flatMap((row) => row.org_metering_bucket_ids ?? []);
  const storage = new Set((await storageRows(simulator, '')).map((row) => row.org_metering_bucket_id));
  assert.ok(new Set(compute).size > 400 && storage.size > 400);
  assert.ok(compute.every((id) => !storage.has(id)));
});

test('one machine can be asked for, and one that is unknown has no rows', async (t) => {
  const simulator = await simulated(t);
  const all = await computeRows(simulator, '');
  const id = all[0]?.machine_id ?? '';
  const one = await computeRows(simulator, `machine_id=${id}`);
  assert.deepEqual(
    one,
    all.filter((row) => row.machine_id === id),
  );
  assert.deepEqual(await computeRows(simulator, 'machine_id=dm-nobody'), []);
});

test('a query that makes no sense is refused with 400 and a reason', async (t) => {
  const simulator = await simulated(t);
  for (const query of [
    'period_start=2026-11-1',
    'period_start=2026-02-30',
    'period_start=2026-11-05T00:00:00Z',
    'period_start=',
    'period_start=2026-11-05&period_end=2026-11-04',
    'period_start=2026-11-19',
    'granularity=week',
  ]) {
    const response = await ask(simulator, `${COMPUTE}?${query}`);
    const body = (await response.json()) as { error_code: string; message: string; retryable: boolean };
    assert.deepEqual(
      [response.status, body.error_code, body.retryable],
      [400, 'INVALID_REQUEST', false],
      query,
    );
    assert.match(body.message, /period|granularity/);
  }
});

test('the newer generation leaves Stripe out and names the emission differently', async (t) => {
  const simulator = await simulated(t, { drift: 'newer' });
  const rows = [...(await computeRows(simulator, '')), ...(await storageRows(simulator, ''))];
  assert.ok(rows.every((row) => Object.keys(row).every((name) => !name.includes('stripe'))));
  assert.ok(rows.some((row) => 'latest_meter_emitted_at' in row));
});
