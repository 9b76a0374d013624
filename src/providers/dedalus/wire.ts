import type { Amount } from '../../usage/amount';
import type { EpochMs } from '../../usage/time';
import type { Page } from '../pages';
import { JsonReader } from '../reader';
import { machineIdOf } from './machineId';

/*
 * Dedalus' JSON, checked and typed, in the vendor's own terms.
 * Source: the vendor's OpenAPI file (test/fixtures/api/dedalus.openapi.yaml); drift between versions: docs/providers.md.
 */

export interface WireUsage {
  readonly planSlug: string;
  readonly billedAwakeSeconds: Amount;
  readonly billedCpuMillicoreSeconds: Amount;
  readonly billedMemoryMibSeconds: Amount;
  readonly billedLogicalStorageMibSeconds: Amount;
  readonly provisionedStorageGib: Amount;
  readonly includedStorageGib: Amount;
}

export interface WireComputeRow {
  readonly machineId: string;
  readonly specFingerprint: string;
  readonly requestedVcpu: number;
  readonly requestedMemoryMib: number;
  readonly requestedStorageGib: number;
  readonly bucketStart: EpochMs;
  readonly bucketEnd: EpochMs;
  readonly awakeSeconds: Amount;
  readonly cpuMillicoreSeconds: Amount;
  readonly memoryMibSeconds: Amount;
  readonly lastWindowEnd: EpochMs;
  readonly orgMeteringBucketIds: readonly string[];
  readonly stripeCpuIdentifiers: readonly string[];
  readonly stripeMemoryIdentifiers: readonly string[];
  readonly emittedAt: EpochMs | undefined;
}

export interface WireStorageRow {
  readonly machineId: string;
  readonly bucketStart: EpochMs;
  readonly bucketEnd: EpochMs;
  readonly logicalStorageBytes: Amount;
  readonly storageMibSeconds: Amount;
  readonly orgMeteringBucketId: string;
  readonly stripeStorageIdentifier: string | undefined;
  readonly emittedAt: EpochMs | undefined;
}

export interface WireMachine {
  readonly machineId: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  readonly phase: string;
  readonly createdAt: EpochMs;
}

/** `GET /v1/usage` */
export function readUsage(value: unknown): WireUsage {
  const reply = new JsonReader(value);
  return {
    planSlug: reply.field('plan_slug').text(),
    billedAwakeSeconds: reply.field('billed_awake_seconds').amount(),
    billedCpuMillicoreSeconds: reply.field('billed_cpu_millicore_seconds').amount(),
    billedMemoryMibSeconds: reply.field('billed_memory_mib_seconds').amount(),
    billedLogicalStorageMibSeconds: reply.field('billed_logical_storage_mib_seconds').amount(),
    provisionedStorageGib: reply.field('provisioned_storage_gib').amount(),
    includedStorageGib: reply.field('included_storage_gib').amount(),
  };
}

/** `GET /v1/machines`, one page. */
export function readMachinePage(value: unknown): Page<WireMachine> {
  const reply = new JsonReader(value);
  const nextCursor = reply.field('next_cursor').optional((cursor) => cursor.text());
  return {
    items: reply.field('items').list(readMachine),
    next: nextCursor === '' ? undefined : nextCursor,
  };
}

/** A row of `GET /v1/usage/machines/compute` */
export function readComputeRow(row: JsonReader): WireComputeRow {
  return {
    machineId: machineIdOf(row.field('machine_id').text()),
    specFingerprint: row.field('spec_fingerprint').text(),
    requestedVcpu: row.field('requested_vcpu').double(),
    requestedMemoryMib: row.field('requested_memory_mib').count(),
    requestedStorageGib: row.field('requested_storage_gib').count(),
    bucketStart: row.field('bucket_start').instant(),
    bucketEnd: row.field('bucket_end').instant(),
    awakeSeconds: row.field('awake_seconds').amount(),
    cpuMillicoreSeconds: row.field('cpu_millicore_seconds').amount(),
    memoryMibSeconds: row.field('memory_mib_seconds').amount(),
    lastWindowEnd: row.field('last_window_end').instant(),
    orgMeteringBucketIds: texts(row.field('org_metering_bucket_ids')),
    stripeCpuIdentifiers: texts(row.field('stripe_cpu_identifiers')),
    stripeMemoryIdentifiers: texts(row.field('stripe_memory_identifiers')),
    emittedAt: readEmittedAt(row),
  };
}

/** A row of `GET /v1/usage/machines/storage` */
export function readStorageRow(row: JsonReader): WireStorageRow {
  return {
    machineId: machineIdOf(row.field('machine_id').text()),
    bucketStart: row.field('bucket_start').instant(),
    bucketEnd: row.field('bucket_end').instant(),
    logicalStorageBytes: row.field('logical_storage_bytes').amount(),
    storageMibSeconds: row.field('storage_mib_seconds').amount(),
    orgMeteringBucketId: row.field('org_metering_bucket_id').text(),
    stripeStorageIdentifier: row.field('stripe_storage_identifier').optional((id) => id.text()),
    emittedAt: readEmittedAt(row),
  };
}

/** Newer versions of the API call the field `latest_meter_emitted_at`. */
function readEmittedAt(row: JsonReader): EpochMs | undefined {
  return (
    row.field('latest_stripe_emitted_at').optional((at) => at.instant()) ??
    row.field('latest_meter_emitted_at').optional((at) => at.instant())
  );
}

/** Newer versions of the API give `phase` itself, in place of `status.phase`. */
function readMachine(item: JsonReader): WireMachine {
  const status = item.field('status');
  return {
    machineId: machineIdOf(item.field('machine_id').text()),
    vcpu: item.field('vcpu').double(),
    memoryMib: item.field('memory_mib').count(),
    storageGib: item.field('storage_gib').count(),
    phase: (status.isAbsent ? item.field('phase') : status.field('phase')).text(),
    createdAt: item.field('created_at').instant(),
  };
}

/** A list that newer versions of the API leave out. */
function texts(list: JsonReader): string[] {
  return list.optional((present) => present.list((element) => element.text())) ?? [];
}
