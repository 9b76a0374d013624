import { add, type Amount } from '../../usage/amount';
import type { MachineShape } from '../../usage/bucket';
import { amountAt, type DayColumns, type UsageColumns } from '../../usage/columns/columns';
import { decimalAmount } from '../../usage/decimal';
import { multiply } from './ratio';

/**
 * One machine's exact compute use in a period, over all its shapes. Undefined is unknown: a row of the machine does not
 * tell it.
 */
export interface ComputeUse {
  readonly awake_seconds: Amount | undefined;
  readonly cpu_millicore_seconds: Amount | undefined;
  readonly memory_mib_seconds: Amount | undefined;
  /** Requested millicores × awake seconds: the vCPU-time that it could have used. Requests are rounded to a millicore. */
  readonly requestedMillicoreSeconds: Amount | undefined;
  /** Requested MiB × awake seconds. */
  readonly requestedMibSeconds: Amount | undefined;
}

/** The use of a machine without rows. */
export const NO_COMPUTE: ComputeUse = {
  awake_seconds: 0,
  cpu_millicore_seconds: 0,
  memory_mib_seconds: 0,
  requestedMillicoreSeconds: 0,
  requestedMibSeconds: 0,
};

type Sums = { -readonly [Of in keyof ComputeUse]: ComputeUse[Of] };

/** What a shape asks for, in the units of the meters. */
interface Request {
  readonly millicores: Amount;
  readonly mib: Amount;
}

const MILLICORE_DECIMALS = 3;

/** Compute of every machine that has a row. */
export function computeUses(days: DayColumns): Map<string, ComputeUse> {
  const uses = new Map<string, Sums>();
  for (const columns of days.values()) {
    const requests = columns.shapes.map(requestOf);
    const ofDay = columns.subjectIds.map((id) => uses.get(id) ?? { ...NO_COMPUTE });
    for (let row = 0; row < columns.length; row += 1) {
      const machine = columns.subject[row] ?? -1;
      const sums = ofDay[machine];
      if (sums !== undefined) {
        addRow(sums, columns, row, requests[columns.shape[row] ?? -1]);
        uses.set(columns.subjectIds[machine] ?? '', sums);
      }
    }
  }
  return uses;
}

/** Storage of every machine that has a row, in MiB-seconds; undefined where a row does not tell it. */
export function storageUses(days: DayColumns): Map<string, Amount | undefined> {
  const uses = new Map<string, Amount | undefined>();
  for (const columns of days.values()) {
    for (let row = 0; row < columns.length; row += 1) {
      const machineId = machineAt(columns, row);
      const known = uses.has(machineId) ? uses.get(machineId) : 0;
      uses.set(machineId, plus(known, amountAt(columns, 'storage_mib_seconds', row)));
    }
  }
  return uses;
}

/** Whether the use is known to be zero. */
export function isUnused(use: ComputeUse): boolean {
  return use.awake_seconds === 0 && use.cpu_millicore_seconds === 0 && use.memory_mib_seconds === 0;
}

function machineAt({ subjectIds: machineIds, subject: machine }: UsageColumns, row: number): string {
  return machineIds[machine[row] ?? -1] ?? '';
}

function requestOf({ vcpu, memoryMib }: MachineShape): Request {
  return { millicores: decimalAmount(vcpu, MILLICORE_DECIMALS), mib: decimalAmount(memoryMib, 0) };
}

/** Adds in place: an object for each row of a month of a large fleet would be megabytes of garbage. */
function addRow(sums: Sums, columns: UsageColumns, row: number, request: Request | undefined): void {
  const awake = amountAt(columns, 'awake_seconds', row);
  sums.awake_seconds = plus(sums.awake_seconds, awake);
  sums.cpu_millicore_seconds = plus(
    sums.cpu_millicore_seconds,
    amountAt(columns, 'cpu_millicore_seconds', row),
  );
  sums.memory_mib_seconds = plus(sums.memory_mib_seconds, amountAt(columns, 'memory_mib_seconds', row));
  sums.requestedMillicoreSeconds = plus(sums.requestedMillicoreSeconds, over(awake, request?.millicores));
  sums.requestedMibSeconds = plus(sums.requestedMibSeconds, over(awake, request?.mib));
}

/** The request × the time awake; if that time is zero, no shape is needed. */
function over(awake: Amount | undefined, request: Amount | undefined): Amount | undefined {
  if (awake === 0) {
    return 0;
  }
  return awake === undefined || request === undefined ? undefined : multiply(awake, request);
}

function plus(a: Amount | undefined, b: Amount | undefined): Amount | undefined {
  return a === undefined || b === undefined ? undefined : add(a, b);
}
