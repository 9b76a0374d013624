import type { BreakdownId } from '../usage/breakdownId';
import type { Failure } from '../usage/failure';
import { isVoid } from '../usage/keptTime';
import type { EpochMs, UtcDay } from '../usage/time';
import { type DayBlock, type DayKey } from './dayBlock';
import { HeldDays, type HeldLimits } from './heldDays';
import { dueAgainAt } from './refetchPolicy';

/**
 * The days of one account that are at hand, in memory. Others may still be in the database, or at the vendor. A day requested
 * while the clock was ahead counts as never requested.
 */
export class DayCache {
  readonly #now: () => EpochMs;
  readonly #blocks: HeldDays;
  readonly #failures = new Map<string, Failure>();
  /** When a person asked to reread each day; data requested earlier is stale. */
  readonly #expired = new Map<string, EpochMs>();

  #refreshedAt: EpochMs = 0;

  /** Counts up with every change, so that values computed from the cache can be memoized until then. */
  version = 0;

  /** @param now without it no time counts as ahead */
  constructor(now: () => EpochMs = () => Number.POSITIVE_INFINITY, limits?: HeldLimits) {
    this.#now = now;
    this.#blocks = new HeldDays(limits);
  }

  /** When the account was last refreshed; days read before, while open, are read again. */
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

  /** Why a day that is not current could not be read; undefined when it is current, or the newest attempt did not fail. */
  failureOf(want: DayKey): Failure | undefined {
    return this.isCurrent(want) ? undefined : this.failure(want.part, want.day);
  }

  /** Whether to read a day now: it is not current, and the newest attempt did not fail. */
  isDue(want: DayKey): boolean {
    return !this.isCurrent(want) && this.failure(want.part, want.day) === undefined;
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
   * Keeps these days at hand until the returned function is called. Otherwise, memory limits may evict a day by bucket some
   * time after it was read.
   */
  hold(wants: readonly DayKey[]): () => void {
    return this.#blocks.hold(wants.map(({ part, day }) => `${part} ${day}`));
  }

  /**
   * Call when the vendor's reply does not cover a requested day. The block at hand stays: it is valid if the day had closed
   * when it was read, else the attempt failed. Returns whether it is valid.
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

  /** Makes valid days due to be read again; their blocks at hand are returned until then. */
  expire(wants: readonly DayKey[], now: EpochMs): void {
    for (const { part, day } of wants) {
      this.#expired.set(`${part} ${day}`, now);
    }
    this.version += 1;
  }

  /** Drops void days for good, so that they do not count once their recorded time has come. */
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

  /** Lets failed days be requested again; cancelled days, and days not found, only when a person asks. */
  clearFailures(byPerson: boolean): void {
    for (const [key, { kind }] of [...this.#failures]) {
      if (byPerson || (kind !== 'cancelled' && kind !== 'notFound')) {
        this.#failures.delete(key);
      }
    }
    this.version += 1;
  }
}
