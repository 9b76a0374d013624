import type { RowBatch } from '../http/rows/rowList';
import type { RowSink } from '../http/rows/rowSink';
import type { DayColumns } from '../usage/columns/columns';
import type { EpochMs, UtcDay } from '../usage/time';
import { type JsonReader } from './reader';

/** The breakdowns that vendors send as one long list of rows. */
export type RowKind = 'dedalus.computeHours' | 'dedalus.computeDays' | 'dedalus.storage';

/** Begins to read one reply. */
export type OpenRowSink = (kind: RowKind) => RowSink;

/** Takes a vendor's rows into columns. */
export interface RowDecoder {
  /** Throws UsageError `malformed` for a row that is not what the vendor documents. */
  take(batch: RowBatch): void;
  /** What it keeps, in bytes of memory, about. */
  readonly memory: number;
  /**
   * Columns for those of `days` that the reply covers; the last call. Throws UsageError `malformed` when the reply contradicts
   * the question.
   */
  build(question: RowQuestion, reply: JsonReader): DayColumns;
}

/** What a long reply has to answer. */
export interface RowQuestion {
  /** Those that were asked for; they follow one another. */
  readonly days: readonly UtcDay[];
  /** By the vendor's clock. */
  readonly answeredAt: EpochMs;
}
