import type { DayColumns } from '../../usage/columns/columns';
import type { EpochMs, UtcDay } from '../../usage/time';

/** Streams a reply's bytes into columns, row by row; keeps neither the text nor the rows. */
export interface RowSink {
  /** May take the bytes away for good. Resolves when more may come; rejects with UsageError. */
  push(bytes: Uint8Array): Promise<void>;
  /**
   * The reply is complete. Resolves to columns for those of `days`, the consecutive requested days, that it covers. Rejects
   * with UsageError when it was cut, is not what the vendor documents, or contradicts the request.
   *
   * @param answeredAt when it was answered, by the server's clock
   */
  end(days: readonly UtcDay[], answeredAt: EpochMs): Promise<DayColumns>;
  /** Discards what came so far. */
  cancel(): void;
}
