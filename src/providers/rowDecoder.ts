import type { RowBatch } from '../http/rows/rowList';
import type { RowSink } from '../http/rows/rowSink';
import type { DayColumns } from '../usage/columns/columns';
import type { EpochMs, UtcDay } from '../usage/time';
import { type JsonReader } from './reader';

/** The breakdowns that vendors send as one long list of rows. */
export type RowKind = 'dedalus.computeHours' | 'dedalus.computeDays' | 'dedalus.storage';

/** Opens a sink for one reply. */
export type OpenRowSink = (kind: RowKind) => RowSink;

/** Decodes a vendor's rows into columns. */
export interface RowDecoder {
  /** Throws UsageError `malformed` for a row that is not what the vendor documents. */
  take(batch: RowBatch): void;
  /** Approximate memory that it keeps, in bytes. */
  readonly memory: number;
  /**
   * Columns for the requested days that the reply covers; called last. Throws UsageError `malformed` when the reply contradicts
   * the question.
   */
  build(question: RowQuestion, reply: JsonReader): DayColumns;
}

/** What a long reply has to answer. */
export interface RowQuestion {
  /** The requested days, which are consecutive. */
  readonly days: readonly UtcDay[];
  /** By the vendor's clock. */
  readonly answeredAt: EpochMs;
}
