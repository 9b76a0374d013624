import type { DayColumns } from '../../usage/columns/columns';
import type { EpochMs, UtcDay } from '../../usage/time';

/** Takes a reply's bytes as they come, row by row, into columns; neither the text nor the rows are kept. */
export interface RowSink {
  /** The bytes may be taken away for good. Resolves when more may come; rejects with UsageError. */
  push(bytes: Uint8Array): Promise<void>;
  /**
   * The reply is complete: columns for those of `days`, which were asked for and follow one another, that it covers. Rejects
   * with UsageError when it was cut, is not what the vendor documents, or contradicts the question.
   *
   * @param answeredAt when it was answered, by the server's clock
   */
  end(days: readonly UtcDay[], answeredAt: EpochMs): Promise<DayColumns>;
  /** Lets go of what came so far. */
  cancel(): void;
}
