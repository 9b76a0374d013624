import assert from 'node:assert/strict';
import { type MeterName } from '../../simulator/dedalus/misbehaviour';
import { type Sums } from '../../simulator/dedalus/totals';
import { type Simulator } from '../../simulator/server';
import { ask, computeRows, read, storageRows, sum, type Summary } from './asking';

const COMPUTE_METERS = ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'] as const;

/** The bytes of every kind of reply, with the month's rows. */
export async function allReplies(simulator: Simulator): Promise<string> {
  const texts: string[] = [];
  for (const path of [
    '/v1/usage',
    '/v1/usage/machines/compute',
    '/v1/usage/machines/compute?granularity=day',
    '/v1/usage/machines/storage',
    '/v1/machines',
  ]) {
    texts.push(await (await ask(simulator, path)).text());
  }
  return texts.join('');
}

/** The id of the machine of a role. */
export function machineOf(simulator: Simulator, role: string): string {
  const id = [...simulator.totals().machines.keys()].find((one) => one.startsWith(`dm-${role}-`));
  if (id === undefined) throw new RangeError(`no machine of the role ${role}`);
  return id;
}

/** What the summary says, by the names of the meters. */
export async function summarised(simulator: Simulator): Promise<Sums> {
  const summary = await read<Summary>(simulator, '/v1/usage');
  return {
    awake_seconds: BigInt(summary.billed_awake_seconds),
    cpu_millicore_seconds: BigInt(summary.billed_cpu_millicore_seconds),
    memory_mib_seconds: BigInt(summary.billed_memory_mib_seconds),
    storage_mib_seconds: BigInt(summary.billed_logical_storage_mib_seconds),
  };
}

/** What the closed buckets in `totals` add up to. */
export function closedSum(simulator: Simulator, meter: MeterName): bigint {
  const { computeBuckets, storageBuckets } = simulator.totals();
  return [...computeBuckets, ...storageBuckets]
    .filter(({ closed }) => closed)
    .reduce((total, { sums }) => total + sums[meter], 0n);
}

/** Rows by hour, rows by day, summary and `totals` tell the same, machine by machine and day by day. */
export async function agree(simulator: Simulator): Promise<void> {
  const { machineDays, metered, billed } = simulator.totals();
  const [hours, days] = [await computeRows(simulator, ''), await computeRows(simulator, 'granularity=day')];
  const stored = await storageRows(simulator, '');
  for (const meter of COMPUTE_METERS) {
    for (const rows of [hours, days]) {
      assert.equal(
        sum(rows, (row) => row[meter]),
        metered[meter],
      );
      const found = new Map<string, bigint>();
      for (const row of rows) {
        const key = `${row.machine_id} ${row.bucket_start.slice(0, 10)}`;
        found.set(key, (found.get(key) ?? 0n) + BigInt(row[meter]));
      }
      for (const [key, value] of found) {
        const [machine = '', date = ''] = key.split(' ');
        assert.equal(machineDays.get(machine)?.get(date)?.[meter], value, key);
      }
    }
  }
  assert.equal(
    sum(stored, (row) => row.storage_mib_seconds),
    metered.storage_mib_seconds,
  );
  assert.deepEqual(await summarised(simulator), billed);
}
