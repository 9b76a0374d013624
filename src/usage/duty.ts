import { amountAt, rowsOfMachine, startAt, type UsageColumns } from './columns/columns';
import { slotAt, type Slots } from './columns/slots';

/**
 * How busy machines were while awake, by hour. Duty is `used / capacity`; in an hour without capacity, all were asleep.
 * Doubles suffice for a ratio that is displayed and never billed.
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

/** Duty of one machine, or of all together. Rows without a shape have no capacity and are left out. */
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
      const slot = slotAt(slots, startAt(columns, row));
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
 * The duty to display in whole percents: rounded down, so that 99.6 % does not become 100 %, nor 4.96 % become 5 %. A
 * positive duty below one percent shows as `<1 %`.
 */
export function shownDuty(duty: number): number {
  const percents = Math.floor(duty * 100 + 1e-9);
  return percents === 0 ? Math.min(duty, 0.004) : percents / 100;
}
