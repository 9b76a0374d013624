import type { MachineShape, UsageBucket } from '../../../src/usage/bucket';
import { bucketAt, type DayColumns } from '../../../src/usage/columns/columns';
import { DAY, HOUR, startOfDay } from '../../../src/usage/time';

/** Buckets for tests, a line each. */

export function shape(fingerprint: string, vcpu = 2, memoryMib = 4096): MachineShape {
  return { fingerprint, vcpu, memoryMib, storageGib: 20 };
}

export function computeDay(
  machineId: string,
  day: string,
  awake: number | bigint,
  more: Partial<UsageBucket> = {},
): UsageBucket {
  const start = startOfDay(day);
  return {
    kind: 'compute',
    subjectId: machineId,
    start,
    end: start + DAY,
    quantities: {
      awake_seconds: awake,
      cpu_millicore_seconds: Number(awake) * 100,
      memory_mib_seconds: Number(awake) * 4096,
    },
    shape: shape('a'),
    dataThrough: start + DAY,
    meteringBucketIds: [],
    meterEvents: [],
    ...more,
  };
}

export function storageHour(
  machineId: string,
  day: string,
  hour: number,
  mibSeconds: number,
  more: Partial<UsageBucket> = {},
): UsageBucket {
  const start = startOfDay(day) + hour * HOUR;
  return {
    kind: 'storage',
    subjectId: machineId,
    start,
    end: start + HOUR,
    quantities: { storage_mib_seconds: mibSeconds, logical_storage_bytes: mibSeconds * 1000 },
    meteringBucketIds: [],
    meterEvents: [],
    ...more,
  };
}

/** All rows of some days, as buckets. */
export function bucketsIn(days: DayColumns, kind: UsageBucket['kind']): UsageBucket[] {
  return [...days.values()].flatMap((columns) =>
    Array.from({ length: columns.length }, (_, row) => bucketAt(columns, row, kind)),
  );
}
