import assert from 'node:assert/strict';
import { changesBetween, type MeterChange } from '../../../../src/insights/changes/changesBetween';
import { type Amount, toAmount } from '../../../../src/usage/amount';
import type { MachineShape } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../../src/usage/columns/columns';
import { computeDay, storageHour } from '../../usage/builders';

/** Two periods to compare, made by hand, and what is found between them. */

export const BEFORE_DAYS = ['2026-10-01', '2026-10-02'];
export const NOW_DAYS = ['2026-11-01', '2026-11-02'];
export const HUGE = 2n ** 70n;

/** A row of compute: how long it was awake, vCPU-time, memory-time. */
interface Used {
  readonly id: string;
  readonly awake: Amount;
  readonly cpu?: Amount;
  readonly memory?: Amount;
  readonly shape?: MachineShape | undefined;
}

export function compute(days: readonly string[], rows: readonly Used[]): DayColumns {
  const buckets = rows.map(({ id, awake, cpu = 0, memory = 0, ...more }, index) => {
    const quantities = {
      awake_seconds: toAmount(awake),
      cpu_millicore_seconds: toAmount(cpu),
      memory_mib_seconds: toAmount(memory),
    };
    const { shape: given, ...bucket } = computeDay(id, days[index % days.length] ?? '', 0, { quantities });
    const own = 'shape' in more ? more.shape : given;
    return own === undefined ? bucket : { ...bucket, shape: own };
  });
  return columnsByDay(buckets, days);
}

export function storage(days: readonly string[], rows: readonly (readonly [string, Amount])[]): DayColumns {
  const buckets = rows.map(([id, amount], index) =>
    storageHour(id, days[index % days.length] ?? '', index % 24, 0, {
      quantities: { storage_mib_seconds: toAmount(amount) },
    }),
  );
  return columnsByDay(buckets, days);
}

export function computeChange(before: readonly Used[], now: readonly Used[], meter: string): MeterChange {
  const changes = changesBetween(
    { compute: compute(NOW_DAYS, now), storage: undefined },
    { compute: compute(BEFORE_DAYS, before), storage: undefined },
  );
  return found(changes, meter);
}

export function storageChange(
  before: readonly [string, Amount][],
  now: readonly [string, Amount][],
): MeterChange {
  const changes = changesBetween(
    { compute: undefined, storage: storage(NOW_DAYS, now) },
    { compute: undefined, storage: storage(BEFORE_DAYS, before) },
  );
  return found(changes, 'storage_mib_seconds');
}

export function found(changes: readonly MeterChange[], meter: string): MeterChange {
  const change = changes.find((own) => own.meter === meter);
  assert.ok(change);
  return change;
}

/** Cause and amount of each line, and its machines in their order. */
export function linesOf({ lines }: MeterChange): [string, Amount, string[]][] {
  return lines.map(({ cause, amount, machines }) => [cause, amount, machines.map((own) => own.machineId)]);
}
