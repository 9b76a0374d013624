import { toAmount } from '../../src/usage/amount';
import type { MachineShape } from '../../src/usage/bucket';
import { amountAt, ColumnsBuilder, type UsageColumns } from '../../src/usage/columns/columns';
import type { Trail } from '../../src/usage/columns/trail';
import { DAY, daysOf, HOUR, MINUTE, SECOND, startOfDay, type UtcDay } from '../../src/usage/time';
import { mulberry32, uuid } from '../simulator/random';

/** A month of a large organisation, as columns: every machine has a row in every hour. */

export const MACHINES = 2000;
export const DAYS: readonly UtcDay[] = daysOf({ start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) });
export const ROWS = MACHINES * DAYS.length * 24;

const SEED = 20_261_001;

const SIZES = [
  [1, 2048],
  [2, 4096],
  [4, 8192],
  [8, 16_384],
  [16, 65_536],
] as const;

const SMALLEST: MachineShape = { fingerprint: '', vcpu: 1, memoryMib: 2048, storageGib: 20 };

const SHAPES: readonly MachineShape[] = SIZES.map(([vcpu, memoryMib], size) => ({
  ...{ fingerprint: uuid(SEED, 1, size).replaceAll('-', ''), vcpu, memoryMib, storageGib: 20 * vcpu },
}));

export const MACHINE_IDS = machineIds(MACHINES);

export function machineIds(count: number): string[] {
  return Array.from({ length: count }, (_, machine) => uuid(SEED, 2, machine));
}

/**
 * Hour by hour, and in each the machines in order. A third of the rows has the whole hour awake; data runs through to the
 * last window of five minutes, and what the machines of an hour are billed under is the same for all.
 */
export function hoursOf(day: UtcDay, ids: readonly string[] = MACHINE_IDS): UsageColumns {
  const first = startOfDay(day);
  const random = mulberry32(first / DAY);
  const builder = new ColumnsBuilder();
  for (let start = first; start < first + DAY; start += HOUR) {
    const trail = builder.trailIndex(trailOf([start]));
    ids.forEach((id, machine) => {
      const { vcpu, memoryMib } = shapeOf(machine);
      const awake = random() < 1 / 3 ? 3600 : Math.floor(random() * 3600);
      const row = builder.addRow({
        subject: builder.subjectIndex(id),
        shape: builder.shapeIndex(shapeOf(machine)),
        ...{ trail, start, end: start + HOUR },
        dataThrough: start + Math.ceil((awake * SECOND) / (5 * MINUTE)) * 5 * MINUTE,
        emittedAt: start + HOUR + 40 * MINUTE,
      });
      builder.setAmount(row, 'awake_seconds', awake);
      builder.setAmount(row, 'cpu_millicore_seconds', Math.floor(awake * vcpu * 1000 * random()));
      builder.setAmount(row, 'memory_mib_seconds', awake * memoryMib);
    });
  }
  return builder.build();
}

/** The same, a row a machine. */
export function dayOf(day: UtcDay, hours: UsageColumns, ids: readonly string[] = MACHINE_IDS): UsageColumns {
  const start = startOfDay(day);
  const builder = new ColumnsBuilder();
  const trail = builder.trailIndex(trailOf(Array.from({ length: 24 }, (_, hour) => start + hour * HOUR)));
  ids.forEach((id, machine) => {
    const row = builder.addRow({
      subject: builder.subjectIndex(id),
      shape: builder.shapeIndex(shapeOf(machine)),
      ...{ trail, start, end: start + DAY },
      dataThrough: start + DAY,
      emittedAt: start + DAY + 40 * MINUTE,
    });
    for (const meter of hours.amounts.keys()) {
      let total = 0n;
      for (let hour = 0; hour < 24; hour += 1) {
        total += BigInt(amountAt(hours, meter, hour * ids.length + machine) ?? 0);
      }
      builder.setAmount(row, meter, toAmount(total));
    }
  });
  return builder.build();
}

function shapeOf(machine: number): MachineShape {
  return SHAPES[machine % SHAPES.length] ?? SMALLEST;
}

function trailOf(hours: readonly number[]): Trail {
  const ids = hours.map((hour) => uuid(SEED, 3, hour));
  return {
    meteringBucketIds: ids,
    meterEvents: [
      ...ids.map((id) => ({ meter: 'cpu_millicore_seconds' as const, id: `dcs-cpu-${id}` })),
      ...ids.map((id) => ({ meter: 'memory_mib_seconds' as const, id: `dcs-memory-${id}` })),
    ],
  };
}
