import type { Machine, MeterEventId, UsageBucket, UsageSummary } from '../../usage/bucket';
import type { Trail } from '../../usage/columns/trail';
import type { MeterId } from '../../usage/meter';
import type { WireComputeRow, WireMachine, WireStorageRow, WireUsage } from './wire';

/** Dedalus' terms → ours. Names differ, values and units do not. */

export function toSummary(usage: WireUsage): UsageSummary {
  return {
    plan: usage.planSlug,
    billed: {
      awake_seconds: usage.billedAwakeSeconds,
      cpu_millicore_seconds: usage.billedCpuMillicoreSeconds,
      memory_mib_seconds: usage.billedMemoryMibSeconds,
      storage_mib_seconds: usage.billedLogicalStorageMibSeconds,
    },
    levels: {
      provisioned_storage_gib: usage.provisionedStorageGib,
      included_storage_gib: usage.includedStorageGib,
    },
  };
}

export function toComputeBucket(row: WireComputeRow): UsageBucket {
  return {
    kind: 'compute',
    subjectId: row.machineId,
    start: row.bucketStart,
    end: row.bucketEnd,
    quantities: {
      awake_seconds: row.awakeSeconds,
      cpu_millicore_seconds: row.cpuMillicoreSeconds,
      memory_mib_seconds: row.memoryMibSeconds,
    },
    shape: {
      fingerprint: row.specFingerprint,
      vcpu: row.requestedVcpu,
      memoryMib: row.requestedMemoryMib,
      storageGib: row.requestedStorageGib,
    },
    dataThrough: row.lastWindowEnd,
    ...computeTrail(row.orgMeteringBucketIds, row.stripeCpuIdentifiers, row.stripeMemoryIdentifiers),
    ...(row.emittedAt === undefined ? {} : { emittedAt: row.emittedAt }),
  };
}

export function toStorageBucket(row: WireStorageRow): UsageBucket {
  return {
    kind: 'storage',
    subjectId: row.machineId,
    start: row.bucketStart,
    end: row.bucketEnd,
    quantities: {
      logical_storage_bytes: row.logicalStorageBytes,
      storage_mib_seconds: row.storageMibSeconds,
    },
    ...storageTrail(row.orgMeteringBucketId, row.stripeStorageIdentifier),
    ...(row.emittedAt === undefined ? {} : { emittedAt: row.emittedAt }),
  };
}

export function toMachine(machine: WireMachine): Machine {
  return {
    id: machine.machineId,
    vcpu: machine.vcpu,
    memoryMib: machine.memoryMib,
    storageGib: machine.storageGib,
    state: machine.phase,
    createdAt: machine.createdAt,
  };
}

/** Where the usage of a compute row went. */
export function computeTrail(
  bucketIds: readonly string[],
  cpuIds: readonly string[],
  memoryIds: readonly string[],
): Trail {
  return {
    meteringBucketIds: bucketIds,
    meterEvents: [...events('cpu_millicore_seconds', cpuIds), ...events('memory_mib_seconds', memoryIds)],
  };
}

/** Where the usage of a storage row went; an empty id is one that is not known yet. */
export function storageTrail(bucketId: string, eventId: string | undefined): Trail {
  return {
    meteringBucketIds: bucketId === '' ? [] : [bucketId],
    meterEvents: eventId === undefined ? [] : events('storage_mib_seconds', [eventId]),
  };
}

function events(meter: MeterId, ids: readonly string[]): MeterEventId[] {
  return ids.filter((id) => id !== '').map((id) => ({ meter, id }));
}
