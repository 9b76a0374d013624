import { type EpochMs, HOUR } from '../clock';
import { type Fleet, type Fleets, type Machine } from './fleet';
import { type MeterName } from './misbehaviour';
import { computeSums, storageSums } from './totals';

/** What is told of a meter of a machine in an hour, where misbehaviour makes a difference; undefined without a row. */
export interface Change {
  readonly machine: string;
  /** The start of the UTC hour. */
  readonly hour: EpochMs;
  readonly meter: MeterName;
  /** Without any misbehaviour. */
  readonly before: bigint | undefined;
  /** By the rows: the sum of all shapes, and of rows that overlap. */
  readonly rows: bigint | undefined;
  /** What the summary counts once the hour is closed. */
  readonly summary: bigint | undefined;
}

const METERS: readonly MeterName[] = [
  ...(['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds', 'storage_mib_seconds'] as const),
];

/** By machine, then hour, in the whole hours of `[start, end)`. */
export function changesOf(fleet: Fleet, told: Fleets, start: EpochMs, end: EpochMs, now: EpochMs): Change[] {
  return fleet.machines.flatMap((machine, index) => {
    const [inRows, inSummary] = [told.rows.machines[index], told.summary.machines[index]];
    const changes: Change[] = [];
    for (let hour = start; hour < Math.min(end, now); hour += HOUR) {
      for (const meter of METERS) {
        const before = used(machine, meter, hour, now);
        const rows = used(inRows, meter, hour, now);
        const summary = used(inSummary, meter, hour, now);
        if (before !== rows || before !== summary)
          changes.push({ machine: machine.id, hour, meter, before, rows, summary });
      }
    }
    return changes;
  });
}

function used(
  machine: Machine | undefined,
  meter: MeterName,
  hour: EpochMs,
  now: EpochMs,
): bigint | undefined {
  if (machine === undefined) return undefined;
  const sums =
    meter === 'storage_mib_seconds'
      ? storageSums(machine, hour, now)
      : computeSums(machine.compute(hour, now));
  return sums?.[meter];
}
