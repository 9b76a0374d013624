import { add, type Amount, compareAmounts, toAmount } from '../../usage/amount';
import { amountAt, endAt, startAt, type UsageColumns } from '../../usage/columns/columns';
import type { MeterId } from '../../usage/meter';
import { type EpochMs, HOUR, SECOND } from '../../usage/time';
import { type Finding, type FindingGroup, FindingList } from './finding';
import { ROWS_A_STEP, type TimeSliced } from './timeSliced';

/**
 * Finds what is wrong within the rows of one day: by day, by hour, or of storage. Replies may hold negative whole numbers
 * (an int64 may be negative), and reading accepts them, so they are looked for here.
 *
 * A missing hour of compute is reported only between two hours that the machine was awake throughout: it may have slept
 * through others. The first and the last hour of a day have no such neighbours in that day.
 */
export function* checkRows(
  columns: UsageColumns,
  usage: Finding['usage'],
): TimeSliced<readonly FindingGroup[]> {
  const list = new FindingList();
  const { order, from } = rowsByMachine(columns);
  let checked = 0;
  for (let machine = 0; machine < columns.subjectIds.length; machine += 1) {
    const rows = order.subarray(from[machine], from[machine + 1]);
    sortByTime(rows, columns);
    new MachineRowCheck(columns, usage, columns.subjectIds[machine] ?? '', list).check(rows);
    checked += rows.length;
    if (checked >= ROWS_A_STEP) {
      checked = 0;
      yield;
    }
  }
  return list.groups();
}

/** The numbers of all rows, grouped by machine: those of machine `m` are at `[from[m], from[m + 1])` in `order`. */
function rowsByMachine({ length, subject, subjectIds }: UsageColumns): {
  readonly order: Uint32Array;
  readonly from: Uint32Array;
} {
  const from = new Uint32Array(subjectIds.length + 1);
  for (let row = 0; row < length; row += 1) {
    const next = (subject[row] ?? 0) + 1;
    from[next] = (from[next] ?? 0) + 1;
  }
  for (let at = 1; at < from.length; at += 1) {
    from[at] = (from[at] ?? 0) + (from[at - 1] ?? 0);
  }
  const order = new Uint32Array(length);
  const next = from.slice();
  for (let row = 0; row < length; row += 1) {
    const own = subject[row] ?? 0;
    const place = next[own] ?? 0;
    order[place] = row;
    next[own] = place + 1;
  }
  return { order, from };
}

/** By start, then by end; vendors mostly send rows in this order. */
function sortByTime(rows: Uint32Array, columns: UsageColumns): void {
  const compare = (a: number, b: number): number =>
    startAt(columns, a) - startAt(columns, b) || endAt(columns, a) - endAt(columns, b);
  for (let at = 1; at < rows.length; at += 1) {
    if (compare(rows[at - 1] ?? 0, rows[at] ?? 0) > 0) {
      rows.sort(compare);
      return;
    }
  }
}

/** The rows of one machine that have the same `[start, end)`. */
interface Bucket {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** Over all shapes, seconds. */
  readonly awake: Amount;
}

class MachineRowCheck {
  readonly #columns: UsageColumns;
  readonly #usage: Finding['usage'];
  readonly #subjectId: string;
  readonly #list: FindingList;
  /** The row that ends last, by shape. */
  readonly #last = new Map<number, number>();

  constructor(columns: UsageColumns, usage: Finding['usage'], subjectId: string, list: FindingList) {
    this.#columns = columns;
    this.#usage = usage;
    this.#subjectId = subjectId;
    this.#list = list;
  }

  /** @param rows of the machine, in order of time */
  check(rows: Uint32Array): void {
    let before: Bucket | undefined;
    for (let at = 0; at < rows.length;) {
      const row = rows[at] ?? 0;
      const { start, end } = this.#periodOf(row);
      let awake: Amount = 0;
      let shapes: Set<number> | undefined;
      const slack = roundingOf(start, end);
      let next = at;
      for (; next < rows.length && this.#isOf(rows[next] ?? 0, start, end); next += 1) {
        const own = rows[next] ?? 0;
        this.#checkRow(own, start, end, slack);
        this.#checkOverlap(own, start, end);
        awake = add(awake, amountAt(this.#columns, 'awake_seconds', own) ?? 0);
        if (next > at) {
          shapes ??= new Set([this.#shapeOf(row)]);
          shapes.add(this.#shapeOf(own));
        }
      }
      const bucket = { start, end, awake };
      this.#checkBucket(bucket, shapes?.size ?? 1, slack * (next - at));
      this.#checkGap(before, bucket);
      before = before !== undefined && before.end > end ? before : bucket;
      at = next;
    }
  }

  /** @param slack seconds by which rounding may be off */
  #checkRow(row: number, start: EpochMs, end: EpochMs, slack: number): void {
    // No vendor says how long buckets of storage are.
    if (this.#usage === 'compute' && (start % HOUR !== 0 || end % HOUR !== 0)) {
      this.#add({ kind: 'offHour', severity: 'attention', start, end });
    }
    for (const [meter, values] of this.#columns.amounts) {
      if ((values[row] ?? 0) < 0) {
        this.#addAmount({ kind: 'negative', severity: 'trouble', start, end, meter }, row);
      }
    }
    const capacity = this.#capacityExceeded(row, slack);
    if (capacity !== undefined) {
      const kind = { kind: 'overDuty', severity: 'attention' } as const;
      this.#addAmount({ ...kind, start, end, meter: 'cpu_millicore_seconds', limit: capacity }, row);
    }
  }

  /** Millicore-seconds of the requested vCPUs; undefined where they sufficed or are unknown. */
  #capacityExceeded(row: number, slack: number): Amount | undefined {
    const shape = this.#columns.shapes[this.#columns.shape[row] ?? -1];
    const awake = amountAt(this.#columns, 'awake_seconds', row);
    const used = amountAt(this.#columns, 'cpu_millicore_seconds', row);
    if (shape === undefined || awake === undefined || used === undefined) {
      return undefined;
    }
    const millionths = Math.round(shape.vcpu * 1e6); // vCPUs need not be whole
    if (Number(used) * 1000 < millionths * Number(awake) * ALMOST) {
      return undefined;
    }
    const capacity = BigInt(millionths) * BigInt(awake);
    const most = capacity + BigInt(millionths) * BigInt(slack);
    return BigInt(used) * 1000n > most ? toAmount(capacity / 1000n) : undefined;
  }

  /** Compares only with the row that ends last: it overlaps whatever any other row would. */
  #checkOverlap(row: number, start: EpochMs, end: EpochMs): void {
    const shape = this.#shapeOf(row);
    const last = this.#last.get(shape);
    const other = last === undefined ? undefined : this.#periodOf(last);
    if (other !== undefined && other.end > start && end > start) {
      this.#add({
        ...{ kind: 'overlap', severity: 'trouble', start, end: Math.min(end, other.end) },
        rows: [other, { start, end }],
      });
    }
    if (other === undefined || end >= other.end) {
      this.#last.set(shape, row);
    }
  }

  #checkBucket({ start, end, awake }: Bucket, shapes: number, slack: number): void {
    const seconds = (end - start) / SECOND;
    if (compareAmounts(awake, Math.max(0, seconds) + slack) > 0) {
      const found = { meter: 'awake_seconds', found: awake, limit: Math.max(0, seconds) } as const;
      this.#add({ kind: 'tooLong', severity: 'trouble', start, end, ...found });
    }
    if (shapes > 1 && end - start <= HOUR) {
      this.#add({ kind: 'reshaped', severity: 'remark', start, end, found: shapes });
    }
  }

  #checkGap(before: Bucket | undefined, bucket: Bucket): void {
    if (before === undefined || before.end >= bucket.start) {
      return;
    }
    const missing = { start: before.end, end: bucket.start };
    const length = bucket.end - bucket.start;
    const isGap =
      this.#usage === 'storage' ||
      (missing.end - missing.start === HOUR && isFullHour(before) && isFullHour(bucket));
    if (isGap) {
      const found = length > 0 ? Math.ceil((missing.end - missing.start) / length) : 1;
      this.#add({ kind: 'gap', severity: 'attention', ...missing, found });
    }
  }

  #periodOf(row: number): { readonly start: EpochMs; readonly end: EpochMs } {
    return { start: startAt(this.#columns, row), end: endAt(this.#columns, row) };
  }

  #isOf(row: number, start: EpochMs, end: EpochMs): boolean {
    return startAt(this.#columns, row) === start && endAt(this.#columns, row) === end;
  }

  #shapeOf(row: number): number {
    return this.#columns.shape[row] ?? -1;
  }

  #addAmount(finding: Omit<Finding, 'usage' | 'subjectId'> & { readonly meter: MeterId }, row: number): void {
    const found = amountAt(this.#columns, finding.meter, row);
    this.#add({ ...finding, ...(found === undefined ? {} : { found }) });
  }

  #add(finding: Omit<Finding, 'usage' | 'subjectId'>): void {
    this.#list.add({ ...finding, usage: this.#usage, subjectId: this.#subjectId });
  }
}

/** Below this share of the capacity, doubles are exact enough to tell. */
const ALMOST = 1 - 1e-9;

/** Vendors count whole seconds, so each hour of a row may be off by one: a resize alone makes an hour 3,601 seconds. */
function roundingOf(start: EpochMs, end: EpochMs): number {
  return Math.max(1, Math.ceil((end - start) / HOUR));
}

function isFullHour({ start, end, awake }: Bucket): boolean {
  return end - start === HOUR && compareAmounts(awake, HOUR / SECOND) >= 0;
}
