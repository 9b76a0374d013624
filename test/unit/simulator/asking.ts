import assert from 'node:assert/strict';
import { type TestContext } from 'node:test';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server';

/** A Wednesday in the middle of a month, at 09:23:11. */
export const NOW = Date.UTC(2026, 10, 18, 9, 23, 11);

export interface ComputeRow {
  machine_id: string;
  spec_fingerprint: string;
  requested_vcpu: number;
  requested_memory_mib: number;
  bucket_start: string;
  bucket_end: string;
  awake_seconds: number;
  cpu_millicore_seconds: number;
  memory_mib_seconds: number;
  window_count: number;
  last_window_end: string;
  org_metering_bucket_ids: string[] | null;
  stripe_cpu_identifiers?: string[] | null;
  stripe_memory_identifiers?: string[] | null;
  latest_stripe_emitted_at?: string;
  latest_meter_emitted_at?: string;
}

export interface StorageRow {
  machine_id: string;
  bucket_start: string;
  bucket_end: string;
  logical_storage_bytes: number;
  storage_mib_seconds: number;
  org_metering_bucket_id: string;
  stripe_storage_identifier?: string;
  latest_stripe_emitted_at?: string;
}

export interface Summary {
  billed_awake_seconds: number;
  billed_cpu_millicore_seconds: number;
  billed_memory_mib_seconds: number;
  billed_logical_storage_mib_seconds: number;
  provisioned_storage_gib: number;
}

export interface Rows<Row> {
  granularity?: string;
  period_start: string;
  period_end: string;
  rows: Row[] | null;
}

/** A simulator that stands still at `NOW`, ends with the test and must not have broken its contract by then. */
export async function simulated(t: TestContext, options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ now: () => NOW, ...options });
  t.after(async () => {
    await simulator.close();
    assert.deepEqual(simulator.violations, []);
  });
  return simulator;
}

export async function ask(
  simulator: Simulator,
  path: string,
  headers: Record<string, string> = { 'x-api-key': simulator.key },
): Promise<Response> {
  return fetch(simulator.url + path, { headers, redirect: 'manual' });
}

export async function read<Body>(simulator: Simulator, path: string): Promise<Body> {
  const response = await ask(simulator, path);
  assert.equal(response.status, 200);
  return (await response.json()) as Body;
}

export async function computeRows(simulator: Simulator, query: string): Promise<ComputeRow[]> {
  return (await read<Rows<ComputeRow>>(simulator, `/v1/usage/machines/compute?${query}`)).rows ?? [];
}

export async function storageRows(simulator: Simulator, query: string): Promise<StorageRow[]> {
  return (await read<Rows<StorageRow>>(simulator, `/v1/usage/machines/storage?${query}`)).rows ?? [];
}

/** The exact sum of a member of all rows. */
export function sum<Row>(rows: readonly Row[], quantity: (row: Row) => number): bigint {
  return rows.reduce((total, row) => total + BigInt(quantity(row)), 0n);
}
