import { amountAt, rowsOfMachine, type UsageColumns } from './columns/columns';
import { slotAt, type Slots } from './columns/slots';

/**
 * How busy machines were while awake, hour by hour. Duty is `used / capacity`; an hour without capacity was slept through.
 * Doubles: a ratio for display, not a sum for a bill.
 */
export interface DutyHours {
  /** Awake seconds. */
  readonly awake: Float64Array;
  /** vCPU-time used, millicore-seconds. */
  readonly used: Float64Array;
  /** Requested millicores × awake seconds: the available vCPU-time. */
  readonly capacity: Float64Array;
}

const MILLICORES = 1000;

/** Of one machine, or of all taken together. Rows without a shape have no capacity and are left out. */
export function dutyHours(
  blocks: Iterable<UsageColumns>,
  slots: Slots,
  machineId: string | undefined,
): DutyHours {
  const duty = {
    awake: new Float64Array(slots.count),
    used: new Float64Array(slots.count),
    capacity: new Float64Array(slots.count),
  };
  for (const columns of blocks) {
    const rows = machineId === undefined ? columns.subject.keys() : rowsOfMachine(columns, machineId);
    for (const row of rows) {
      const slot = slotAt(slots, columns.start[row] ?? Number.NaN);
      const shape = columns.shapes[columns.shape[row] ?? -1];
      if (slot < 0 || shape === undefined) {
        continue;
      }
      const awake = Number(amountAt(columns, 'awake_seconds', row) ?? 0);
      const used = Number(amountAt(columns, 'cpu_millicore_seconds', row) ?? 0);
      duty.awake[slot] = (duty.awake[slot] ?? 0) + awake;
      duty.used[slot] = (duty.used[slot] ?? 0) + used;
      duty.capacity[slot] = (duty.capacity[slot] ?? 0) + shape.vcpu * MILLICORES * awake;
    }
  }
  return duty;
}

/**
 * A duty as it is written in whole percents: rounded down, so that 99.6 % is not all of it, and 4.96 % stands below 5 %. What
 * is less than one percent is written as that.
 */
export function shownDuty(duty: number): number {
  const percents = Math.floor(duty * 100 + 1e-9);
  return percents === 0 ? Math.min(duty, 0.004) : percents / 100;
}
