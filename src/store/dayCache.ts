import type { BreakdownId } from '../usage/breakdownId';
import type { Failure } from '../usage/failure';
import { isVoid } from '../usage/keptTime';
import type { EpochMs, UtcDay } from '../usage/time';
import { type DayBlock, type DayKey } from './dayBlock';
import { HeldDays, type HeldLimits } from './heldDays';
import { dueAgainAt } from './refetchPolicy';

/**
 * The days of one account that are at hand. What is not may still be in the database, or at the vendor. A day that was asked
 * for by a clock that was ahead is as good as never asked for.
 */
export class DayCache {
  readonly #now: () => EpochMs;
  readonly #blocks: HeldDays;
  readonly #failures = new Map<string, Failure>();
  /** From when on what was asked for counts, of days that a person wants anew. */
  readonly #expired = new Map<string, EpochMs>();

  #refreshedAt: EpochMs = 0;

  /** Counts up with every change, so that what was worked out from the history can be kept until then. */
  version = 0;

  /** @param now without it no time counts as ahead */
  constructor(now: () => EpochMs = () => Number.POSITIVE_INFINITY, limits?: HeldLimits) {
    this.#now = now;
    this.#blocks = new HeldDays(limits);
  }

  /** When the account was last refreshed; days that were open then are read again after it. */
  get refreshedAt(): EpochMs {
    return this.isVoid(this.#refreshedAt) ? 0 : this.#refreshedAt;
  }

  set refreshedAt(at: EpochMs) {
    this.#refreshedAt = at;
  }

  /** Whether nothing can have been asked for at that time yet. */
  isVoid(asOf: EpochMs): boolean {
    return isVoid(asOf, this.#now());
  }

  /** Undefined when it is not at hand. A block that should be read again is given until it has been. */
  block(part: BreakdownId, day: UtcDay): DayBlock | undefined {
    const block = this.#blocks.get(`${part} ${day}`);
    return block === undefined || this.isVoid(block.asOf) ? undefined : block;
  }

  daysAtHand(part: BreakdownId): UtcDay[] {
    return this.#blocks.keys().flatMap((key) => {
      const [own, day = ''] = key.split(' ');
      return own === part ? [day] : [];
    });
  }

  /** The breakdowns that have a day at hand. */
  partsAtHand(): BreakdownId[] {
    return [...new Set(this.#blocks.keys().map((key) => key.split(' ')[0] as BreakdownId))];
  }

  /** Why the newest attempt to read the day failed; undefined when it did not. */
  failure(part: BreakdownId, day: UtcDay): Failure | undefined {
    return this.#failures.get(`${part} ${day}`);
  }

  /** Whether a day is at hand and need not be read. */
  isCurrent({ part, day }: DayKey): boolean {
    const block = this.block(part, day);
    if (block === undefined) {
      return false;
    }
    const { asOf, lookedAt = asOf } = block;
    const at = this.isVoid(lookedAt) ? asOf : lookedAt;
    const expired = this.#expired.get(`${part} ${day}`);
    return this.isStillValid(day, at) && (expired === undefined || this.isVoid(expired) || at >= expired);
  }

  /** Whether what was asked for at `asOf` still stands: no refresh came after, or the day was not due for another look. */
  isStillValid(day: UtcDay, asOf: EpochMs): boolean {
    return asOf >= this.refreshedAt || dueAgainAt(day, asOf) > this.refreshedAt;
  }

  /** Puts a block in its place, unless the one there is newer. */
  keep({ part, day }: DayKey, block: DayBlock): void {
    if ((this.block(part, day)?.asOf ?? 0) <= block.asOf) {
      this.#blocks.set(`${part} ${day}`, block);
    }
    this.#failures.delete(`${part} ${day}`);
    this.version += 1;
  }

  /**
   * Memory is bounded, so that a day by bucket may not be at hand any more some time after it was read. These are, until the
   * function that this returns is called.
   */
  hold(wants: readonly DayKey[]): () => void {
    return this.#blocks.hold(wants.map(({ part, day }) => `${part} ${day}`));
  }

  /**
   * The vendor was asked for a day, and its answer does not cover it. What is at hand stays: it stands when the day had closed
   * by then, and else the attempt has failed. Returns whether it stands.
   */
  leave({ part, day }: DayKey, lookedAt: EpochMs): boolean {
    const block = this.block(part, day);
    if (block === undefined || dueAgainAt(day, block.asOf) === 0) {
      this.fail({ part, day }, { kind: 'notCovered' });
      return false;
    }
    const { columns, asOf } = block;
    this.keep({ part, day }, { columns, asOf, lookedAt });
    return true;
  }

  /** Lets days that stand be asked for again; what is at hand of them is given until then. */
  expire(wants: readonly DayKey[], now: EpochMs): void {
    for (const { part, day } of wants) {
      this.#expired.set(`${part} ${day}`, now);
    }
    this.version += 1;
  }

  /** For good, so that days do not count once the time has come at which they seem to have been read. */
  dropVoid(): void {
    for (const key of this.#blocks.keys()) {
      if (this.isVoid(this.#blocks.get(key)?.asOf ?? 0)) {
        this.#blocks.delete(key);
      }
    }
    this.version += 1;
  }

  fail({ part, day }: DayKey, failure: Failure): void {
    this.#failures.set(`${part} ${day}`, failure);
    this.version += 1;
  }

  /** Lets days that failed be asked for again; those that a person gave up, or that the vendor does not know, only when a person asks. */
  clearFailures(byPerson: boolean): void {
    for (const [key, { kind }] of [...this.#failures]) {
      if (byPerson || (kind !== 'cancelled' && kind !== 'notFound')) {
        this.#failures.delete(key);
      }
    }
    this.version += 1;
  }
}
