import assert from 'node:assert/strict';
import test from 'node:test';
import { type OrgBucketTotal } from '../../simulator/dedalus/totals';
import { type Simulator } from '../../simulator/server';
import { type ComputeRow, computeRows, NOW, simulated, storageRows } from './asking';
import { agree } from './misbehaving';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 10, 4);
const SPAN = { start: START, end: START + 4 * HOUR };
const DATE = 'period_start=2026-11-10&period_end=2026-11-10';

function within(row: { bucket_start: string }): boolean {
  const start = Date.parse(row.bucket_start);
  return start >= SPAN.start && start < SPAN.end;
}

function bucketAt(simulator: Simulator, start: number): OrgBucketTotal {
  const bucket = simulator.totals().computeBuckets.find((one) => one.start === start);
  if (bucket === undefined) throw new RangeError('no bucket');
  return bucket;
}

async function dayRow(simulator: Simulator): Promise<ComputeRow> {
  const [row] = await computeRows(simulator, `${DATE}&granularity=day`);
  if (row === undefined) throw new RangeError('no row');
  return row;
}

test('every other bucket of a span is never emitted, though it is closed and billed', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  const { billed } = simulator.totals();
  simulator.misbehave({ kind: 'lateEmission', ...SPAN, every: 2, resource: 'compute' });
  const rows = (await computeRows(simulator, DATE)).filter(within);
  assert.deepEqual(
    rows.map((row) => row.stripe_cpu_identifiers?.length ?? 0),
    [0, 1, 0, 1],
  );
  assert.deepEqual(
    rows.map((row) => row.latest_stripe_emitted_at === undefined),
    [true, false, true, false],
  );
  assert.ok(rows.every((row) => row.org_metering_bucket_ids?.length === 1));
  assert.equal((await dayRow(simulator)).stripe_memory_identifiers?.length, 22);
  assert.ok((await storageRows(simulator, DATE)).every((row) => row.stripe_storage_identifier !== ''));
  const bucket = bucketAt(simulator, START);
  assert.deepEqual([bucket.closed, bucket.emittedAt, bucket.identifiers], [true, undefined, []]);
  assert.deepEqual(simulator.totals().billed, billed);
  await agree(simulator);
});

test('buckets are emitted with a delay, and then say so', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  const usual = bucketAt(simulator, START).emittedAt ?? 0;
  const delayMinutes = (NOW - START) / 60_000 + 60;
  simulator.misbehave({ kind: 'lateEmission', ...SPAN, delayMinutes: Math.floor(delayMinutes) });
  const late = usual + Math.floor(delayMinutes) * 60_000;
  const first = async (): Promise<(string | undefined)[]> => [
    (await computeRows(simulator, DATE)).find(within)?.latest_stripe_emitted_at,
    (await storageRows(simulator, DATE)).find(within)?.latest_stripe_emitted_at,
  ];
  simulator.setNow(() => late - 1);
  assert.equal((await first())[0], undefined);
  simulator.setNow(() => late + 60_000);
  const [compute, storage] = await first();
  assert.equal(Date.parse(compute ?? ''), late);
  assert.equal(typeof storage, 'string');
});

test('a bucket has two identifiers of one meter; storage rows name them in turn', async (t) => {
  const simulator = await simulated(t, { machines: 2 });
  simulator.misbehave({ kind: 'twoIdentifiers', ...SPAN });
  const [row] = (await computeRows(simulator, DATE)).filter(within);
  const [id] = row?.org_metering_bucket_ids ?? [];
  assert.deepEqual(row?.stripe_cpu_identifiers, [`dcs-cpu-${String(id)}`, `dcs-cpu-${String(id)}-2`]);
  assert.equal(row.stripe_memory_identifiers?.length, 2);
  assert.equal((await dayRow(simulator)).stripe_cpu_identifiers?.length, 28);
  const stored = (await storageRows(simulator, DATE)).filter(within);
  const [first, second] = stored.map((own) => own.stripe_storage_identifier);
  assert.equal(stored[0]?.org_metering_bucket_id, stored[1]?.org_metering_bucket_id);
  assert.equal(second, `${String(first)}-2`);
  assert.equal(bucketAt(simulator, START).identifiers.length, 4);
});

test('buckets share the identifier of the first, for the meter that is meant', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  simulator.misbehave({ kind: 'sharedIdentifier', ...SPAN, meter: 'memory' });
  const rows = (await computeRows(simulator, DATE)).filter(within);
  const identifiers = (list: 'stripe_cpu_identifiers' | 'stripe_memory_identifiers'): Set<string> =>
    new Set(rows.flatMap((row) => row[list] ?? []));
  const [id] = rows[0]?.org_metering_bucket_ids ?? [];
  assert.deepEqual([...identifiers('stripe_memory_identifiers')], [`dcs-memory-${String(id)}`]);
  assert.equal(identifiers('stripe_cpu_identifiers').size, 4);
  const day = await dayRow(simulator);
  assert.deepEqual([day.stripe_cpu_identifiers?.length, day.stripe_memory_identifiers?.length], [24, 21]);
  assert.equal(
    bucketAt(simulator, START).identifiers[1],
    bucketAt(simulator, START + 3 * HOUR).identifiers[1],
  );
});

test('storage buckets of several hours share an identifier too', async (t) => {
  const simulator = await simulated(t, { machines: 1, storageBucket: 'day' });
  const day = Date.UTC(2026, 10, 10);
  simulator.misbehave({ kind: 'sharedIdentifier', start: day, end: day + 48 * HOUR, meter: 'storage' });
  const stored = await storageRows(simulator, 'period_start=2026-11-09&period_end=2026-11-12');
  assert.deepEqual(
    stored.map((row) => row.stripe_storage_identifier === stored[1]?.stripe_storage_identifier),
    [false, true, true, false],
  );
  assert.equal(new Set(stored.map((row) => row.org_metering_bucket_id)).size, 4);
});

test('an identifier stands twice in one list', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  simulator.misbehave({ kind: 'repeatedIdentifier', ...SPAN, every: 4, meter: 'cpu' });
  const [row, next] = (await computeRows(simulator, DATE)).filter(within);
  assert.equal(row?.stripe_cpu_identifiers?.length, 2);
  assert.equal(new Set(row.stripe_cpu_identifiers).size, 1);
  assert.equal(row.stripe_memory_identifiers?.length, 1);
  assert.equal(next?.stripe_cpu_identifiers?.length, 1);
  assert.equal((await dayRow(simulator)).stripe_cpu_identifiers?.length, 25);
});

test('the newer generation has no identifiers to misbehave with', async (t) => {
  const simulator = await simulated(t, { machines: 1, drift: 'newer' });
  const before = await computeRows(simulator, DATE);
  simulator.misbehave({ kind: 'twoIdentifiers' });
  assert.deepEqual(await computeRows(simulator, DATE), before);
  simulator.misbehave({ kind: 'lateEmission' });
  assert.ok((await computeRows(simulator, DATE)).every((row) => row.latest_meter_emitted_at === undefined));
});
