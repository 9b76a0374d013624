import type { DayColumns } from '../usage/columns';
import type { UtcDay } from '../usage/time';

/** Takes a reply's bytes as they come, row by row, into columns; neither the text nor the rows are kept. */
export interface Fold {
  /** The bytes may be taken away for good. Resolves when more may come; rejects with UsageError. */
  push(bytes: Uint8Array): Promise<void>;
  /** The reply is complete: columns for every one of `days`. Rejects with UsageError when it was cut or is not what the vendor documents. */
  end(days: readonly UtcDay[]): Promise<DayColumns>;
  /** Lets go of what came so far. */
  cancel(): void;
}
