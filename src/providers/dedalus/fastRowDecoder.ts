import type { RowBatch } from '../../http/rows/rowList';
import type { UsageBucket } from '../../usage/bucket';
import { type DayColumns, DayColumnsBuilder, type Trails } from '../../usage/columns/columns';
import type { EpochMs } from '../../usage/time';
import { JsonReader } from '../reader';
import type { RowDecoder, RowQuestion } from '../rowDecoder';
import { BucketSpan, coveredBy, type Granularity } from './envelope';
import { InstantCache } from './instantCache';

/** When a row's latest meter event was emitted, under the name in either version of the API. */
export interface EmittedRow {
  readonly latest_stripe_emitted_at?: unknown;
  readonly latest_meter_emitted_at?: unknown;
}

/**
 * Rows → columns, in two ways with the same result. Rows exactly as documented take a fast path; others go through the
 * reader, which knows what else is allowed and says what is wrong.
 */
export abstract class FastRowDecoder<Row extends EmittedRow> implements RowDecoder {
  protected readonly days: DayColumnsBuilder;
  protected readonly span = new BucketSpan();
  protected readonly start = new InstantCache();
  protected readonly end = new InstantCache();
  readonly #emitted = new InstantCache();
  readonly #granularity: Granularity | undefined;

  /** @param granularity the requested one; undefined if the vendor chooses the length of buckets */
  constructor(trails: Trails, granularity: Granularity | undefined) {
    this.days = new DayColumnsBuilder(trails);
    this.#granularity = granularity;
  }

  take({ rows, first, exact }: RowBatch): void {
    let exactRows: readonly unknown[] | undefined;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      if (typeof row !== 'object' || row === null || !this.decodeFast(row as Row)) {
        exactRows ??= exact();
        const bucket = this.read(new JsonReader(exactRows[at], `reply.rows[${first + at}]`));
        this.days.at(bucket.start).add(bucket);
        this.span.add(bucket.start, bucket.end);
      }
    }
  }

  get memory(): number {
    return this.days.memory;
  }

  build(question: RowQuestion, reply: JsonReader): DayColumns {
    return this.days.build(coveredBy(reply, this.#granularity, question, this.span));
  }

  /** Returns false and takes nothing if the row is not exactly as documented. */
  protected abstract decodeFast(row: Row): boolean;

  /** Throws UsageError `malformed`. */
  protected abstract read(row: JsonReader): UsageBucket;

  /** NaN if nothing was emitted; undefined if the value is not a valid time. */
  protected emittedAt(row: Row): EpochMs | undefined {
    const emitted = row.latest_stripe_emitted_at ?? row.latest_meter_emitted_at ?? undefined;
    if (emitted === undefined) {
      return Number.NaN;
    }
    const at = this.#emitted.instant(emitted);
    return Number.isNaN(at) ? undefined : at;
  }
}
