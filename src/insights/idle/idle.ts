import { type Amount, compareAmounts, toApproximateNumber } from '../../usage/amount';
import type { Machine } from '../../usage/bucket';
import { amountAt, type DayColumns, endAt, type UsageColumns } from '../../usage/columns/columns';
import { byMachineId } from '../../usage/order';
import type { UtcDay } from '../../usage/time';
import { type ComputeUse, computeUses, isUnused, NO_COMPUTE, storageUses } from '../changes/machineUse';
import { multiply } from '../changes/ratio';

/** What is known of a period. Undefined is unknown, and unknown usage makes nothing idle. */
export interface IdleParts {
  readonly compute: DayColumns | undefined;
  readonly storage: DayColumns | undefined;
  /** As the vendor lists them now. */
  readonly machines: readonly Machine[] | undefined;
  /** The vendor's words for the state of a listed machine that no longer exists, such as `destroyed`. */
  readonly goneStates: readonly string[];
  /** The days of the period on which compute is not known: a machine may have been awake on them. */
  readonly withoutCompute?: ReadonlySet<UtcDay>;
}

/** When a machine that was awake counts as idle. */
export interface IdleRule {
  /** Awake for at least this many seconds in the period. */
  readonly awakeSeconds: number;
  /** Its duty was below this, in whole percent. */
  readonly dutyPercent: number;
}

/** A day awake: a machine that was awake for less has spent little. Below 5 % of its vCPUs: hardly used. */
export const IDLE_RULE: IdleRule = { awakeSeconds: 24 * 3600, dutyPercent: 5 };

/** A machine that was awake for long and did little, with the evidence. */
export interface IdleMachine {
  readonly machineId: string;
  readonly awakeSeconds: Amount;
  /** vCPU-time used, and available (requested millicores × awake seconds), over all shapes. */
  readonly usedMillicoreSeconds: Amount;
  readonly requestedMillicoreSeconds: Amount;
  /** Used ÷ requested, 0 to 1; a double, for display. */
  readonly duty: number;
  /** Memory-time spent, MiB-seconds; undefined where it is unknown. */
  readonly memoryMibSeconds: Amount | undefined;
}

/** Storage that still exists at the end of the newest known day, of a machine that was not awake that day. */
export interface LeftStorage {
  readonly machineId: string;
  /** Over the period, MiB-seconds. */
  readonly storageMibSeconds: Amount;
  /** From the vendor's present list; else `notAwake`: no compute in the whole period, because it may only be asleep. */
  readonly reason: 'gone' | 'notListed' | 'notAwake';
}

export interface Idle {
  /** Most memory-time first; undefined where compute is unknown. */
  readonly machines: readonly IdleMachine[] | undefined;
  /** Most storage first; undefined where storage is unknown, or compute on its newest day. */
  readonly storage: readonly LeftStorage[] | undefined;
}

/** Machines that were awake but did little, and storage that no machine uses. */
export function idle(parts: IdleParts, rule: IdleRule = IDLE_RULE): Idle {
  const compute = parts.compute === undefined ? undefined : computeUses(parts.compute);
  return {
    machines: compute === undefined ? undefined : idleMachines(compute, rule),
    storage: leftStorage(parts, compute),
  };
}

type Computes = ReadonlyMap<string, ComputeUse>;

function idleMachines(compute: Computes, rule: IdleRule): IdleMachine[] {
  return [...compute]
    .map(([machineId, use]) => idleMachine(machineId, use, rule))
    .filter((machine) => machine !== undefined)
    .sort((a, b) => mostFirst(a.memoryMibSeconds, b.memoryMibSeconds) || byMachineId(a, b));
}

/** Undefined if not idle or unknown. */
function idleMachine(machineId: string, use: ComputeUse, rule: IdleRule): IdleMachine | undefined {
  const {
    awake_seconds: awakeSeconds,
    cpu_millicore_seconds: used,
    requestedMillicoreSeconds: requested,
  } = use;
  if (awakeSeconds === undefined || used === undefined || requested === undefined || requested <= 0) {
    return undefined;
  }
  const isLow = multiply(used, 100) < multiply(requested, rule.dutyPercent);
  if (awakeSeconds < rule.awakeSeconds || !isLow) {
    return undefined;
  }
  return {
    machineId,
    awakeSeconds,
    usedMillicoreSeconds: used,
    requestedMillicoreSeconds: requested,
    duty: toApproximateNumber(used) / toApproximateNumber(requested),
    memoryMibSeconds: use.memory_mib_seconds,
  };
}

function leftStorage(parts: IdleParts, compute: Computes | undefined): LeftStorage[] | undefined {
  const { storage, machines, goneStates, withoutCompute } = parts;
  const newest = newestWithRows(storage);
  if (storage === undefined || compute === undefined) {
    return undefined;
  }
  if (newest === undefined) {
    return [];
  }
  const computeThen = withoutCompute?.has(newest) === true ? undefined : parts.compute?.get(newest);
  if (computeThen === undefined) {
    return undefined;
  }
  const states = machines && new Map(machines.map(({ id, state }) => [id, state]));
  const stillThere = stillStored(storage.get(newest));
  const inUse = computeUses(new Map([[newest, computeThen]]));
  const everyDay = (withoutCompute?.size ?? 0) === 0;
  return [...storageUses(storage)]
    .filter(([machineId]) => stillThere.has(machineId) && isNotAwake(machineId, inUse))
    .flatMap(([machineId, storageMibSeconds]): LeftStorage[] => {
      const reason =
        reasonInList(machineId, states, goneStates) ??
        (everyDay && isNotAwake(machineId, compute) ? 'notAwake' : undefined);
      return reason === undefined || storageMibSeconds === undefined || storageMibSeconds <= 0
        ? []
        : [{ machineId, storageMibSeconds, reason }];
    })
    .sort((a, b) => mostFirst(a.storageMibSeconds, b.storageMibSeconds) || byMachineId(a, b));
}

function newestWithRows(days: DayColumns | undefined): UtcDay | undefined {
  return [...(days ?? [])]
    .filter(([, { length }]) => length > 0)
    .map(([day]) => day)
    .sort()
    .at(-1);
}

/** The machines that have storage in the newest bucket of a day: the storage of the others was deleted before. */
function stillStored(columns: UsageColumns | undefined): ReadonlySet<string> {
  const stored = new Set<string>();
  if (columns === undefined) {
    return stored;
  }
  let newest = 0;
  for (let row = 0; row < columns.length; row += 1) {
    newest = Math.max(newest, endAt(columns, row));
  }
  for (let row = 0; row < columns.length; row += 1) {
    const bytes = amountAt(columns, 'logical_storage_bytes', row);
    if (endAt(columns, row) === newest && bytes !== 0) {
      stored.add(columns.subjectIds[columns.subject[row] ?? -1] ?? '');
    }
  }
  return stored;
}

function reasonInList(
  machineId: string,
  states: ReadonlyMap<string, string> | undefined,
  goneStates: readonly string[],
): 'gone' | 'notListed' | undefined {
  if (states === undefined) {
    return undefined;
  }
  const state = states.get(machineId);
  if (state === undefined) {
    return 'notListed';
  }
  return goneStates.includes(state) ? 'gone' : undefined;
}

function isNotAwake(machineId: string, compute: Computes): boolean {
  return isUnused(compute.get(machineId) ?? NO_COMPUTE);
}

/** Unknown last. */
function mostFirst(a: Amount | undefined, b: Amount | undefined): number {
  return compareAmounts(b ?? -1, a ?? -1);
}
