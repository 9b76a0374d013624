import { type UsageColumns, columnsByDay } from '../usage/columns';
import type { UsageBucket } from '../usage/bucket';
import type { Failure } from '../usage/failure';
import { DAY, type EpochMs, type Period, type UtcDay, daysOf, startOfDay } from '../usage/time';
import type { AccountUsage } from './accountUsage';

/** A breakdown that is kept by UTC day: compute in buckets of a day or of an hour, storage as the vendor gives it. */
export type HistoryPart = 'computeDays' | 'computeHours' | 'storage';

/** One day of one breakdown. */
export interface DayBlock {
  readonly columns: UsageColumns;
  /** When it was asked for. */
  readonly asOf: EpochMs;
}

/** A day of a breakdown that somebody wants to see. */
export interface Want {
  readonly part: HistoryPart;
  readonly day: UtcDay;
}

/** After this long no row of a day is expected to change; before, it is read again with each refresh. */
const SETTLING = DAY;

/** Whether what was asked for at `asOf` still stands: the day had settled then, or no refresh came after. */
export function isSettled(day: UtcDay, asOf: EpochMs, refreshedAt: EpochMs): boolean {
  return asOf >= startOfDay(day) + DAY + SETTLING || asOf >= refreshedAt;
}

/** The days of one account that have been read, beyond and including the month's overview. In memory. */
export class History {
  readonly #blocks = new Map<string, DayBlock>();
  readonly #failures = new Map<string, Failure>();
  #overview: () => ReadonlyMap<string, DayBlock> = () => new Map<string, DayBlock>();
  #refreshedAt: EpochMs = 0;

  /** Counts up with every change, so that what was worked out from the history can be kept until then. */
  version = 0;

  /** Undefined when it was never read. A block that should be read again is given until it has been. */
  block(part: HistoryPart, day: UtcDay): DayBlock | undefined {
    const own = this.#blocks.get(`${part} ${day}`);
    const overview = this.#overview().get(`${part} ${day}`);
    return own === undefined || (overview !== undefined && overview.asOf >= own.asOf) ? overview : own;
  }

  /** Why the newest attempt to read the day failed; undefined when it did not. */
  failure(part: HistoryPart, day: UtcDay): Failure | undefined {
    return this.#failures.get(`${part} ${day}`);
  }

  /** Whether a day need not be read: it is settled, or no older than the month's overview. */
  isCurrent({ part, day }: Want): boolean {
    const asOf = this.block(part, day)?.asOf;
    return asOf !== undefined && isSettled(day, asOf, this.#refreshedAt);
  }

  keep(part: HistoryPart, period: Period, buckets: readonly UsageBucket[], asOf: EpochMs): void {
    for (const [day, columns] of columnsByDay(buckets, daysOf(period))) {
      this.#blocks.set(`${part} ${day}`, { columns, asOf });
      this.#failures.delete(`${part} ${day}`);
    }
    this.version += 1;
  }

  fail({ part, day }: Want, failure: Failure): void {
    this.#failures.set(`${part} ${day}`, failure);
    this.version += 1;
  }

  /** Lets days that failed be asked for again; those that a person gave up only when a person asks. */
  forgive(cancelledToo: boolean): void {
    for (const [key, failure] of [...this.#failures]) {
      if (cancelledToo || failure.kind !== 'cancelled') {
        this.#failures.delete(key);
      }
    }
    this.version += 1;
  }

  /** The month's overview after a refresh: its days are days of the history, sorted out when somebody looks. */
  follow(usage: AccountUsage): void {
    let blocks: ReadonlyMap<string, DayBlock> | undefined;
    this.#overview = () => (blocks ??= overviewBlocks(usage));
    this.#refreshedAt = Math.max(this.#refreshedAt, usage.compute.asOf ?? 0);
    this.forgive(false);
  }
}

function overviewBlocks({ period, compute, storage }: AccountUsage): Map<string, DayBlock> {
  const blocks = new Map<string, DayBlock>();
  const parts = [
    ['computeDays', compute],
    ['storage', storage],
  ] as const;
  for (const [part, { value, asOf }] of parts) {
    if (value !== undefined && asOf !== undefined) {
      for (const [day, columns] of columnsByDay(value, daysOf(period))) {
        blocks.set(`${part} ${day}`, { columns, asOf });
      }
    }
  }
  return blocks;
}
