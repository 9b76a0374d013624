import type { UsageColumns } from '../usage/columns';
import type { Failure } from '../usage/failure';
import type { HistoryPart } from '../usage/part';
import type { EpochMs, UtcDay } from '../usage/time';
import { dueAgainAt } from './fetchPlan';

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

/** The days of one account that are at hand. What is not may still be in the database, or at the vendor. */
export class History {
  readonly #blocks = new Map<string, DayBlock>();
  readonly #failures = new Map<string, Failure>();
  /** From when on what was asked for counts, of days that a person wants anew. */
  readonly #expired = new Map<string, EpochMs>();

  /** When the account was last refreshed; days that were open then are read again after it. */
  refreshedAt: EpochMs = 0;

  /** Counts up with every change, so that what was worked out from the history can be kept until then. */
  version = 0;

  /** Undefined when it is not at hand. A block that should be read again is given until it has been. */
  block(part: HistoryPart, day: UtcDay): DayBlock | undefined {
    return this.#blocks.get(`${part} ${day}`);
  }

  daysAtHand(part: HistoryPart): UtcDay[] {
    return [...this.#blocks.keys()].flatMap((key) => {
      const [own, day = ''] = key.split(' ');
      return own === part ? [day] : [];
    });
  }

  /** The parts of which any day is at hand. */
  partsAtHand(): HistoryPart[] {
    return [...new Set([...this.#blocks.keys()].map((key) => key.split(' ')[0] as HistoryPart))];
  }

  /** Why the newest attempt to read the day failed; undefined when it did not. */
  failure(part: HistoryPart, day: UtcDay): Failure | undefined {
    return this.#failures.get(`${part} ${day}`);
  }

  /** Whether a day is at hand and need not be read. */
  isCurrent({ part, day }: Want): boolean {
    const asOf = this.block(part, day)?.asOf;
    return (
      asOf !== undefined &&
      this.stands(day, asOf) &&
      asOf >= (this.#expired.get(`${part} ${day}`) ?? Number.NEGATIVE_INFINITY)
    );
  }

  /** Whether what was asked for at `asOf` still stands: no refresh came after, or the day was not due for another look. */
  stands(day: UtcDay, asOf: EpochMs): boolean {
    return asOf >= this.refreshedAt || dueAgainAt(day, asOf) > this.refreshedAt;
  }

  /** Puts a block in its place, unless the one there is newer. */
  keep({ part, day }: Want, block: DayBlock): void {
    if ((this.block(part, day)?.asOf ?? 0) <= block.asOf) {
      this.#blocks.set(`${part} ${day}`, block);
    }
    this.#failures.delete(`${part} ${day}`);
    this.version += 1;
  }

  /** Lets days that stand be asked for again; what is at hand of them is given until then. */
  expire(wants: readonly Want[], now: EpochMs): void {
    for (const { part, day } of wants) {
      this.#expired.set(`${part} ${day}`, now);
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
}
