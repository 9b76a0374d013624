import assert from 'node:assert/strict';
import test from 'node:test';
import { handWrittenFleet } from '../../simulator/dedalus/handWrittenFleet';
import { ask, computeRows, NOW, read, simulated, storageRows, sum, type Summary } from './asking';

const HOUR = 3_600_000;

for (const storageBucket of ['hour', 'day'] as const) {
  test(`the wire's rows add up to the totals, storage by ${storageBucket}`, async (t) => {
    const simulator = await simulated(t, { machines: 25, seed: 7, storageBucket });
    const { metered, machines, days, machineDays } = simulator.totals();
    const compute = await computeRows(simulator, '');
    const storage = await storageRows(simulator, '');
    assert.equal(
      metered.awake_seconds,
      sum(compute, (row) => row.awake_seconds),
    );
    assert.equal(
      metered.cpu_millicore_seconds,
      sum(compute, (row) => row.cpu_millicore_seconds),
    );
    assert.equal(
      metered.memory_mib_seconds,
      sum(compute, (row) => row.memory_mib_seconds),
    );
    assert.equal(
      metered.storage_mib_seconds,
      sum(storage, (row) => row.storage_mib_seconds),
    );
    for (const [id, sums] of machines) {
      const own = compute.filter((row) => row.machine_id === id);
      assert.equal(
        sums.cpu_millicore_seconds,
        sum(own, (row) => row.cpu_millicore_seconds),
      );
      const fifth = own.filter((row) => row.bucket_start.startsWith('2026-11-05'));
      const day = machineDays.get(id)?.get('2026-11-05');
      assert.equal(
        day?.awake_seconds ?? 0n,
        sum(fifth, (row) => row.awake_seconds),
      );
    }
    assert.equal(days.size, 18);
  });

  test(`the summary bills what is closed and no more, storage by ${storageBucket}`, async (t) => {
    const simulator = await simulated(t, { storageBucket });
    const { billed, metered, computeBuckets, storageBuckets } = simulator.totals();
    const summary = await read<Summary>(simulator, '/v1/usage');
    assert.equal(BigInt(summary.billed_awake_seconds), billed.awake_seconds);
    assert.equal(BigInt(summary.billed_cpu_millicore_seconds), billed.cpu_millicore_seconds);
    assert.equal(BigInt(summary.billed_memory_mib_seconds), billed.memory_mib_seconds);
    assert.equal(BigInt(summary.billed_logical_storage_mib_seconds), billed.storage_mib_seconds);
    assert.ok(billed.awake_seconds < metered.awake_seconds);
    assert.ok(billed.storage_mib_seconds < metered.storage_mib_seconds);
    // 09:23 is before 08:00–09:00 closes, at 09:45.
    assert.equal(computeBuckets.findLast((bucket) => bucket.closed)?.end, Date.UTC(2026, 10, 18, 8));
    const closed = storageBuckets.findLast((bucket) => bucket.closed)?.end;
    assert.equal(closed, Date.UTC(2026, 10, 18, storageBucket === 'hour' ? 8 : 0));
  });
}

test('an org bucket holds exactly the rows that name it', async (t) => {
  const simulator = await simulated(t);
  const rows = await computeRows(simulator, '');
  for (const bucket of simulator.totals().computeBuckets.filter(({ closed }) => closed)) {
    const own = rows.filter((row) => row.org_metering_bucket_ids?.includes(bucket.id));
    assert.equal(
      bucket.sums.awake_seconds,
      sum(own, (row) => row.awake_seconds),
    );
    assert.equal(bucket.machines, new Set(own.map((row) => row.machine_id)).size);
    const emitted = bucket.emittedAt === undefined ? undefined : new Date(bucket.emittedAt).toISOString();
    assert.equal(own[0]?.latest_stripe_emitted_at?.replace('Z', '.000Z'), emitted);
  }
});

test('a bucket is billed from the very instant it closes', async (t) => {
  const simulator = await simulated(t, {
    fleet: handWrittenFleet([{ id: 'A', compute: [{ hour: '2026-11-01T00:00:00Z', awakeSeconds: 1200 }] }]),
    lags: { closeMinutes: 45 },
  });
  const billedAt = async (now: number): Promise<number> => {
    simulator.setNow(() => now);
    return (await read<Summary>(simulator, '/v1/usage')).billed_awake_seconds;
  };
  const close = Date.UTC(2026, 10, 1, 1, 45);
  assert.equal(await billedAt(close - 1), 0);
  assert.equal(await billedAt(close), 1200);
});

test('a fleet written by hand gives the known answer, beyond 2^53 to the last digit', async (t) => {
  const fleet = handWrittenFleet([
    {
      id: 'A',
      compute: [
        { hour: '2026-11-01T00:00:00Z', awakeSeconds: 3600, cpuMillicoreSeconds: 9_007_199_254_740_993n },
        { hour: '2026-11-02T00:00:00Z', awakeSeconds: 60, cpuMillicoreSeconds: 2 },
      ],
      storage: [{ hour: '2026-11-01T05:00:00Z', mibSeconds: 2n ** 63n - 1n, logicalBytes: 7 }],
    },
    { id: 'B', compute: [{ hour: '2026-11-18T09:00:00Z', awakeSeconds: 10 }], state: 'destroyed' },
  ]);
  const simulator = await simulated(t, { fleet });
  const totals = simulator.totals();
  assert.equal(totals.metered.awake_seconds, 3670n);
  assert.equal(totals.billed.awake_seconds, 3660n);
  assert.equal(totals.billed.cpu_millicore_seconds, 9_007_199_254_740_995n);
  assert.equal(totals.machineDays.get('A')?.get('2026-11-01')?.storage_mib_seconds, 2n ** 63n - 1n);

  const summary = await (await ask(simulator, '/v1/usage')).text();
  assert.match(summary, /"billed_cpu_millicore_seconds":9007199254740995[,}]/);
  const compute = await (await ask(simulator, '/v1/usage/machines/compute')).text();
  assert.match(compute, /"cpu_millicore_seconds":9007199254740993,/);
  const storage = await (await ask(simulator, '/v1/usage/machines/storage')).text();
  assert.match(storage, /"storage_mib_seconds":9223372036854775807,/);
  const [, , newest] = await computeRows(simulator, '');
  assert.equal(newest?.last_window_end, new Date(NOW).toISOString().replace('.000Z', 'Z'));
});

test('machines may have any name', async (t) => {
  const ids = [
    '<img src=x onerror=alert(1)>',
    '[a](command:b) `c` **d**',
    '\u202Egnp\u0000\u001B[31m\n',
    'é😀"\\',
    'x'.repeat(4000),
  ];
  const compute = [{ hour: '2026-11-01T00:00:00Z', awakeSeconds: 1 }];
  const simulator = await simulated(t, { fleet: handWrittenFleet(ids.map((id) => ({ id, compute }))) });
  assert.deepEqual(
    (await computeRows(simulator, '')).map((row) => row.machine_id),
    ids,
  );
  const list = await read<{ items: { machine_id: string }[] }>(simulator, '/v1/machines');
  assert.deepEqual(
    list.items.map((item) => item.machine_id),
    ids,
  );
});

test('a mistake in a hand-written fleet is refused at once', () => {
  const fleet = (hour: string) => () => handWrittenFleet([{ id: 'A', storage: [{ hour, mibSeconds: 1 }] }]);
  assert.throws(fleet('2026-11-01T00:30:00Z'), /start of a UTC hour/);
  assert.throws(fleet('2026-11-01'), /start of a UTC hour/);
});

test('usage of an hour is the same whoever asks and when', async (t) => {
  const simulator = await simulated(t);
  const past = simulator.totals(NOW).days.get('2026-11-10');
  const later = simulator.totals(NOW + 200 * HOUR).days.get('2026-11-10');
  assert.deepEqual(past, later);
});
