import type { BreakdownId } from '../usage/breakdownId';
import type { UsageColumns } from '../usage/columns/columns';
import type { EpochMs, UtcDay } from '../usage/time';

/** One day of one breakdown. */
export interface DayBlock {
  /** May have to be unpacked: who reads many days takes one after the other. What is worked out of it is kept by the block. */
  readonly columns: UsageColumns;
  /** When it was asked for. */
  readonly asOf: EpochMs;
  /**
   * When the vendor last gave an answer about it: later than `asOf` where it does not tell of the day any more, 0 where the day
   * was kept without a proof that it was covered, so that it is read again; `asOf` when left out.
   */
  readonly lookedAt?: EpochMs;
}

/** A day of a breakdown that somebody wants to see. */
export interface DayKey {
  readonly part: BreakdownId;
  readonly day: UtcDay;
}
