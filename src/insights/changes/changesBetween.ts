import { type Amount, subtract, sum } from '../../usage/amount';
import type { DayColumns } from '../../usage/columns/columns';
import { byMachineId, bySize } from '../../usage/order';
import { computeUses, NO_COMPUTE, storageUses } from './machineUse';
import {
  type ChangeCause,
  type ChangePart,
  COMPUTE_METERS,
  type ComputeMeterId,
  computeParts,
  storageParts,
} from './split';

/** The rows of a period; undefined where a breakdown is unknown. A machine without rows in a known breakdown used nothing. */
export interface PeriodRows {
  readonly compute: DayColumns | undefined;
  readonly storage: DayColumns | undefined;
}

/** One machine's difference of a meter, and the parts that add up to it exactly. All in the meter's own unit. */
export interface MachineChange {
  readonly machineId: string;
  readonly before: Amount;
  readonly now: Amount;
  readonly difference: Amount;
  readonly parts: readonly ChangePart[];
}

/** The effect of one cause over all machines, in the meter's own unit. */
export interface ChangeLine {
  readonly cause: ChangeCause;
  /** Can be zero, if one machine grew by as much as another shrank. */
  readonly amount: Amount;
  /** The machines that have a part in it, the largest part first, whichever its sign; never empty. */
  readonly machines: readonly { readonly machineId: string; readonly amount: Amount }[];
}

/** The difference of a meter between two periods, in the meter's own unit. Lines, and machines, add up to it exactly. */
export interface MeterChange {
  readonly meter: ChangedMeterId;
  readonly before: Amount;
  readonly now: Amount;
  readonly difference: Amount;
  /** The largest first, regardless of sign. */
  readonly lines: readonly ChangeLine[];
  /** The machines that have a part, the largest difference first, whichever its sign. */
  readonly machines: readonly MachineChange[];
  /** Machines with a row that lacks this meter. None of the figures above includes them. */
  readonly untold: readonly string[];
}

export type ChangedMeterId = ComputeMeterId | 'storage_mib_seconds';

/**
 * What changed between two periods, and why ({@link ChangeCause}; the order of causes is a convention, `changes/split.ts`).
 * All rows of both count, whatever the lengths of the periods: a finished month is compared with the whole month before
 * (`comparedPeriods`). Leaves out a meter whose breakdown is not known for both.
 */
export function changesBetween(now: PeriodRows, before: PeriodRows): MeterChange[] {
  return [...computeChanges(now.compute, before.compute), ...storageChanges(now.storage, before.storage)];
}

function computeChanges(now: DayColumns | undefined, before: DayColumns | undefined): MeterChange[] {
  if (now === undefined || before === undefined) {
    return [];
  }
  const [used, usedBefore] = [computeUses(now), computeUses(before)];
  const machineIds = [...new Set([...used.keys(), ...usedBefore.keys()])];
  return COMPUTE_METERS.map((meter) => {
    const compared = machineIds.map((machineId): Compared => {
      const to = used.get(machineId) ?? NO_COMPUTE;
      const from = usedBefore.get(machineId) ?? NO_COMPUTE;
      return { machineId, now: to[meter], before: from[meter], parts: computeParts(meter, to, from) };
    });
    return meterChange(meter, compared);
  });
}

function storageChanges(now: DayColumns | undefined, before: DayColumns | undefined): MeterChange[] {
  if (now === undefined || before === undefined) {
    return [];
  }
  const [stored, storedBefore] = [storageUses(now), storageUses(before)];
  const storedBy = (uses: typeof stored, id: string): Amount | undefined => (uses.has(id) ? uses.get(id) : 0);
  const machineIds = [...new Set([...stored.keys(), ...storedBefore.keys()])];
  const compared = machineIds.map((machineId): Compared => {
    const [to, from] = [storedBy(stored, machineId), storedBy(storedBefore, machineId)];
    return { machineId, now: to, before: from, parts: storageParts(to, from) };
  });
  return [meterChange('storage_mib_seconds', compared)];
}

/** One machine in both periods; undefined is unknown. */
interface Compared {
  readonly machineId: string;
  readonly now: Amount | undefined;
  readonly before: Amount | undefined;
  readonly parts: readonly ChangePart[] | undefined;
}

function meterChange(meter: ChangedMeterId, compared: readonly Compared[]): MeterChange {
  const told: MachineChange[] = [];
  const untold: string[] = [];
  for (const { machineId, now, before, parts } of compared) {
    if (now === undefined || before === undefined || parts === undefined) {
      untold.push(machineId);
    } else {
      told.push({ machineId, before, now, difference: subtract(now, before), parts });
    }
  }
  const before = sum(told.map((machine) => machine.before));
  const now = sum(told.map((machine) => machine.now));
  const machines = told
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => bySize(a.difference, b.difference) || byMachineId(a, b));
  const lines = linesOf(machines);
  return { meter, before, now, difference: subtract(now, before), lines, machines, untold: untold.sort() };
}

function linesOf(machines: readonly MachineChange[]): ChangeLine[] {
  const shares = machines.flatMap(({ machineId, parts }) => parts.map((part) => ({ machineId, ...part })));
  const lines = [...Map.groupBy(shares, ({ cause }) => cause)].map(([cause, own]): ChangeLine => {
    const largestFirst = own.sort((a, b) => bySize(a.amount, b.amount) || byMachineId(a, b));
    return {
      cause,
      amount: sum(own.map(({ amount }) => amount)),
      machines: largestFirst.map(({ machineId, amount }) => ({ machineId, amount })),
    };
  });
  return lines.sort((a, b) => bySize(a.amount, b.amount) || (a.cause < b.cause ? -1 : 1));
}
