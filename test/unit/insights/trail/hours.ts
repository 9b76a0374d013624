import type { MeterEventId, UsageBucket } from '../../../../src/usage/bucket';
import type { Breakdown } from '../../../../src/usage/columns/breakdown';
import { toColumns } from '../../../../src/usage/columns/columns';
import type { MeterId } from '../../../../src/usage/meter';
import { HOUR, MINUTE, startOfDay } from '../../../../src/usage/time';
import { computeDay } from '../../usage/builders';

/** Hours of machines that go into metering buckets, for tests: a line each. */

export const DAY_START = startOfDay('2026-11-20');

export function event(id: string, meter: MeterId = 'cpu_millicore_seconds'): MeterEventId {
  return { meter, id };
}

/** An hour of 10 s; emitted so many minutes after its end, or never. */
export function hour(
  machineId: string,
  at: number,
  bucketIds: readonly string[],
  more: Partial<UsageBucket> & { readonly after?: number; readonly ids?: readonly string[] } = {},
): UsageBucket {
  const { after, ids = [], ...rest } = more;
  const start = DAY_START + at * HOUR;
  return computeDay(machineId, '2026-11-20', 10, {
    ...{ start, end: start + HOUR, meteringBucketIds: bucketIds },
    meterEvents: ids.map((id) => event(id)),
    ...(after === undefined ? {} : { emittedAt: start + HOUR + after * MINUTE }),
    ...rest,
  });
}

/** @param asOf hours after the start of the day */
export function breakdown(rows: readonly UsageBucket[], asOf = 48): Breakdown {
  return { kind: 'compute', columns: toColumns(rows), asOf: DAY_START + asOf * HOUR };
}
