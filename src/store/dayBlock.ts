import type { BreakdownId } from '../usage/breakdownId';
import type { UsageColumns } from '../usage/columns/columns';
import type { EpochMs, UtcDay } from '../usage/time';

/** One day of one breakdown. */
export interface DayBlock {
  /** May need unpacking, so read many days one after the other. Memoize what is computed from it by block. */
  readonly columns: UsageColumns;
  /** When it was asked for. */
  readonly asOf: EpochMs;
  /**
   * When the vendor last answered about it: later than `asOf` if a later reply did not cover the day, 0 if the day was stored
   * without proof that it was covered, so that it is read again. Defaults to `asOf`.
   */
  readonly lookedAt?: EpochMs;
}

/** A day of a breakdown that somebody wants to see. */
export interface DayKey {
  readonly part: BreakdownId;
  readonly day: UtcDay;
}
