import type { BreakdownId } from '../usage/breakdownId';
import type { UsageColumns } from '../usage/columns/columns';
import { packColumns, type PackedColumns, unpackColumns } from '../usage/columns/packedColumns';
import type { DayBlock } from './dayBlock';

export interface HeldLimits {
  /** Maximum rows ready to be read; others are packed, which takes half of the memory. */
  readonly open: number;
  /** Maximum rows that nobody holds; further ones are evicted, and read again when wanted. */
  readonly loose: number;
}

/** A row takes 38 bytes while it is open, and some 20 while it is packed. */
const LIMITS: HeldLimits = { open: 500_000, loose: 1_000_000 };

/** Parts with a row per vendor bucket. The others have a few rows per machine and day, and they stay. */
const BY_BUCKET: ReadonlySet<BreakdownId> = new Set<BreakdownId>(['computeHours', 'storage', 'spend']);

interface HeldDay {
  readonly block: DayBlock;
  readonly rows: number;
  columns:
    | { readonly open: UsageColumns; readonly packed: PackedColumns | undefined }
    | { readonly open: undefined; readonly packed: PackedColumns };
}

/**
 * Days of usage in bounded memory. By-bucket days that were read longest ago are packed until somebody reads them, and evicted
 * unless somebody holds them.
 */
export class HeldDays {
  readonly #limits: HeldLimits;
  readonly #byDay = new Map<string, DayBlock>();
  /** Least recently read first. */
  readonly #byBucket = new Map<string, HeldDay>();
  readonly #holds = new Set<ReadonlySet<string>>();

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** The same object until another one is set. */
  get(key: string): DayBlock | undefined {
    return this.#byDay.get(key) ?? this.#byBucket.get(key)?.block;
  }

  keys(): string[] {
    return [...this.#byDay.keys(), ...this.#byBucket.keys()];
  }

  set(key: string, block: DayBlock): void {
    const [part] = key.split(' ') as [BreakdownId];
    if (!BY_BUCKET.has(part)) {
      this.#byDay.set(key, block);
      return;
    }
    const { columns, ...times } = block;
    const day: HeldDay = {
      block: Object.defineProperty(times, 'columns', {
        enumerable: true,
        get: () => this.#read(key, day),
      }) as DayBlock,
      rows: columns.length,
      columns: { open: columns, packed: undefined },
    };
    this.#byBucket.delete(key);
    this.#byBucket.set(key, day);
    this.#letGo();
    this.#pack();
  }

  delete(key: string): void {
    this.#byDay.delete(key);
    this.#byBucket.delete(key);
  }

  /** Keeps these from being evicted until the returned function is called. */
  hold(keys: readonly string[]): () => void {
    const held = new Set(keys);
    this.#holds.add(held);
    return () => {
      this.#holds.delete(held);
      this.#letGo();
    };
  }

  /** Whoever still has an evicted day can read it. */
  #read(key: string, day: HeldDay): UsageColumns {
    const isHere = this.#byBucket.get(key) === day;
    if (isHere) {
      this.#byBucket.delete(key);
      this.#byBucket.set(key, day);
    }
    const { open, packed } = day.columns;
    if (open !== undefined) {
      return open;
    }
    const columns = unpackColumns(packed);
    day.columns = { open: columns, packed };
    if (isHere) {
      this.#pack();
    }
    return columns;
  }

  /** The one read last stays, however large it is. */
  #letGo(): void {
    const holds = [...this.#holds];
    const loose = [...this.#byBucket].filter(([key]) => !holds.some((held) => held.has(key)));
    const newest = [...this.#byBucket.keys()].at(-1);
    let rows = rowsOf(loose.map(([, day]) => day));
    for (const [key, day] of loose) {
      if (rows > this.#limits.loose && key !== newest) {
        this.#byBucket.delete(key);
        rows -= day.rows;
      }
    }
  }

  /** Packs open days the same way. */
  #pack(): void {
    const open = [...this.#byBucket.values()].filter(({ columns }) => columns.open !== undefined);
    let rows = rowsOf(open);
    for (const day of open.slice(0, -1)) {
      const { columns } = day;
      if (rows > this.#limits.open && columns.open !== undefined) {
        day.columns = { open: undefined, packed: columns.packed ?? packColumns(columns.open) };
        rows -= day.rows;
      }
    }
  }
}

function rowsOf(days: readonly HeldDay[]): number {
  return days.reduce((sum, { rows }) => sum + rows, 0);
}
