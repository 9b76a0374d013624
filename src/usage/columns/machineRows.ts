import { add, type Amount } from '../amount';
import type { Quantities, UsageBucket } from '../bucket';
import { type MeterId, meterOf } from '../meter';
import type { EpochMs, UtcDay } from '../time';
import { amountAt, bucketAt, dataThroughAt, type DayColumns, endAt, type UsageColumns } from './columns';
import { Dictionary } from './dictionary';
import { type Known, noUsage } from './totals';

/** The columns of one day and breakdown; `machines` maps their subject indexes to those of {@link MachineRows}. */
interface Block {
  readonly kind: UsageBucket['kind'];
  readonly day: UtcDay;
  readonly columns: UsageColumns;
  readonly machines: Uint32Array;
}

/** The rows of some days by machine. Sums are computed at once, rows only when somebody opens a machine. */
export class MachineRows {
  readonly #machines = new Dictionary<string>();
  readonly #blocks: readonly Block[];
  readonly #known: Known;
  #places:
    { readonly from: Uint32Array; readonly blocks: Uint32Array; readonly rows: Uint32Array } | undefined;

  /** @param known the breakdowns in which a machine without rows used nothing */
  constructor(compute: DayColumns | undefined, storage: DayColumns | undefined, known: Known) {
    this.#known = known;
    this.#blocks = [...this.#toBlocks('compute', compute), ...this.#toBlocks('storage', storage)];
  }

  /** Every machine that has a row. Its index in this list is its number. */
  get machineIds(): readonly string[] {
    return this.#machines.values;
  }

  /** What each machine used, by its number: exact sums of amounts, levels of the newest bucket. */
  totals(): { readonly quantities: Quantities; readonly dataThrough: EpochMs | undefined }[] {
    const none = noUsage(this.#known);
    const totals = this.machineIds.map(() => ({
      quantities: { ...none },
      dataThrough: undefined as EpochMs | undefined,
      newest: Number.NEGATIVE_INFINITY,
    }));
    for (const { columns, machines } of this.#blocks) {
      const amounts = [...columns.amounts.keys()].filter((meter) => meterOf(meter).kind === 'amount');
      const levels = [...columns.amounts.keys()].filter((meter) => meterOf(meter).kind === 'level');
      for (let row = 0; row < columns.length; row += 1) {
        const total = totals[machines[columns.subject[row] ?? 0] ?? 0];
        if (total === undefined) {
          continue;
        }
        putInto(total.quantities, amounts, columns, row);
        const end = endAt(columns, row);
        if (levels.length > 0 && end > total.newest) {
          total.newest = end;
          putInto(total.quantities, levels, columns, row);
        }
        const through = dataThroughAt(columns, row);
        if (!Number.isNaN(through) && through > (total.dataThrough ?? Number.NEGATIVE_INFINITY)) {
          total.dataThrough = through;
        }
      }
    }
    return totals;
  }

  /** All rows of a machine with their days, in time order within each breakdown. */
  bucketsOf(machine: number): { readonly day: UtcDay; readonly bucket: UsageBucket }[] {
    const { from, blocks, rows } = (this.#places ??= this.#findPlaces());
    const buckets: { day: UtcDay; bucket: UsageBucket }[] = [];
    for (let place = from[machine] ?? 0; place < (from[machine + 1] ?? 0); place += 1) {
      const block = this.#blocks[blocks[place] ?? 0];
      if (block !== undefined) {
        const { kind, day, columns } = block;
        buckets.push({ day, bucket: bucketAt(columns, rows[place] ?? 0, kind) });
      }
    }
    return buckets;
  }

  #toBlocks(kind: UsageBucket['kind'], days: DayColumns | undefined): Block[] {
    return [...(days ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, columns]) => ({
        ...{ kind, day, columns },
        machines: Uint32Array.from(columns.subjectIds, (id) => this.#machines.indexOf(id, id)),
      }));
  }

  /** Counts first, then writes each row at its machine's next place. */
  #findPlaces(): { from: Uint32Array; blocks: Uint32Array; rows: Uint32Array } {
    const from = new Uint32Array(this.machineIds.length + 1);
    this.#eachRow((machine) => {
      from[machine + 1] = (from[machine + 1] ?? 0) + 1;
    });
    for (let machine = 1; machine < from.length; machine += 1) {
      from[machine] = (from[machine] ?? 0) + (from[machine - 1] ?? 0);
    }
    const next = from.slice();
    const count = from.at(-1) ?? 0;
    const blocks = new Uint32Array(count);
    const rows = new Uint32Array(count);
    this.#eachRow((machine, block, row) => {
      const place = next[machine] ?? 0;
      blocks[place] = block;
      rows[place] = row;
      next[machine] = place + 1;
    });
    return { from, blocks, rows };
  }

  #eachRow(visit: (machine: number, block: number, row: number) => void): void {
    this.#blocks.forEach(({ columns, machines }, block) => {
      for (let row = 0; row < columns.length; row += 1) {
        visit(machines[columns.subject[row] ?? 0] ?? 0, block, row);
      }
    });
  }
}

/** Adds amounts; replaces levels. */
function putInto(
  into: Partial<Record<MeterId, Amount>>,
  meters: readonly MeterId[],
  columns: UsageColumns,
  row: number,
): void {
  for (const meter of meters) {
    const amount = amountAt(columns, meter, row);
    if (amount !== undefined) {
      into[meter] = meterOf(meter).kind === 'level' ? amount : add(into[meter] ?? 0, amount);
    }
  }
}
