import { add, type Amount, compareAmounts } from './amount';
import type { Quantities, UsageBucket } from './bucket';
import { amountAt, endAt, shapeKey, startAt, type UsageColumns } from './columns/columns';
import { compareMeters, type MeterId, meterOf } from './meter';
import type { EpochMs, Period } from './time';

/** A closed bucket whose value the vendor changed later, or a month's billed sum that decreased. */
export interface Restatement extends Period {
  readonly kind: UsageBucket['kind'] | 'billed';
  /** Empty for billed sums, which cover all machines. */
  readonly machineId: string;
  /** The vendor's fingerprint of the shape; empty without one. */
  readonly fingerprint: string;
  readonly meter: MeterId;
  /** Undefined if there was no such row, or no such value. */
  readonly before: Amount | undefined;
  readonly after: Amount | undefined;
  /** When each was requested. */
  readonly beforeAsOf: EpochMs;
  readonly afterAsOf: EpochMs;
}

/** The same rows, as reported at one time. */
export interface Statement {
  readonly columns: UsageColumns;
  readonly asOf: EpochMs;
}

/** The amounts reported for one machine, bucket and shape. */
interface Told extends Pick<Restatement, 'machineId' | 'fingerprint' | 'start' | 'end'> {
  readonly amounts: Map<MeterId, Amount>;
}

/**
 * The values that differ, in buckets that were already closed in the `before` statement.
 *
 * @param closingMs how long after its end a bucket may still change without being a restatement
 */
export function restatements(
  kind: Restatement['kind'],
  before: Statement,
  after: Statement,
  closingMs: number,
): Restatement[] {
  const closedBy = before.asOf - closingMs;
  const earlier = closedRows(before.columns, closedBy);
  const later = closedRows(after.columns, closedBy);
  const found: Restatement[] = [];
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(key), later.get(key)];
    const told = is ?? was;
    if (told === undefined) {
      continue;
    }
    const { machineId, fingerprint, start, end } = told;
    for (const meter of new Set([...(was?.amounts.keys() ?? []), ...(is?.amounts.keys() ?? [])])) {
      const values = { before: was?.amounts.get(meter), after: is?.amounts.get(meter) };
      if (values.before !== values.after) {
        const times = { beforeAsOf: before.asOf, afterAsOf: after.asOf };
        found.push({ kind, machineId, fingerprint, start, end, meter, ...values, ...times });
      }
    }
  }
  return found;
}

/** What a vendor had billed for a month at one time. */
export interface Bill {
  readonly billed: Quantities;
  readonly asOf: EpochMs;
}

/** A month's billed figures that decreased, although billed sums of closed buckets should only grow. */
export function billedRestatements(before: Bill, after: Bill, month: Period): Restatement[] {
  return (Object.keys(before.billed) as MeterId[]).flatMap((meter): Restatement[] => {
    const values = { before: before.billed[meter], after: after.billed[meter] };
    const fell =
      values.before !== undefined &&
      values.after !== undefined &&
      compareAmounts(values.after, values.before) < 0;
    return fell
      ? [
          {
            ...{ kind: 'billed', machineId: '', fingerprint: '', meter, ...values },
            ...{ start: month.start, end: month.end, beforeAsOf: before.asOf, afterAsOf: after.asOf },
          },
        ]
      : [];
  });
}

/**
 * Sorts the latest found first. Those found together are sorted by meter, as vendors list them, then newest bucket first, so
 * that the order of replies makes no difference.
 */
export function compareRestatements(a: Restatement, b: Restatement): number {
  return (
    b.afterAsOf - a.afterAsOf ||
    compareMeters(a.meter, b.meter) ||
    b.start - a.start ||
    compareTexts(a.machineId, b.machineId) ||
    compareTexts(a.fingerprint, b.fingerprint)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By machine, bucket and shape. If a vendor lists one twice, its amounts add up, as in every total. */
function closedRows(columns: UsageColumns, closedBy: EpochMs): Map<string, Told> {
  const shapes = columns.shapes.map(shapeKey);
  const rows = new Map<string, Told>();
  for (let row = 0; row < columns.length; row += 1) {
    const start = startAt(columns, row);
    const end = endAt(columns, row);
    if (!(end <= closedBy)) {
      continue;
    }
    const machineId = columns.subjectIds[columns.subject[row] ?? 0] ?? '';
    const shape = columns.shape[row] ?? -1;
    const key = `${start} ${end} ${shapes[shape] ?? ''} ${machineId}`;
    const fingerprint = columns.shapes[shape]?.fingerprint ?? '';
    const told: Told = rows.get(key) ?? { machineId, fingerprint, start, end, amounts: new Map() };
    rows.set(key, told);
    for (const meter of columns.amounts.keys()) {
      const amount = amountAt(columns, meter, row);
      if (amount !== undefined) {
        const known = meterOf(meter).kind === 'amount' ? told.amounts.get(meter) : undefined;
        told.amounts.set(meter, known === undefined ? amount : add(known, amount));
      }
    }
  }
  return rows;
}
