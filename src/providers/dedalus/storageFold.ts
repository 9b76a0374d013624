import type { RowBatch } from '../../http/rowList';
import { type ColumnsBuilder, type DayColumns, DayColumnsBuilder } from '../../usage/columns';
import type { UtcDay } from '../../usage/time';
import type { RowFold } from '../folds';
import { JsonReader } from '../reader';
import { InstantCache } from './instantCache';
import { storageTrail, toStorageBucket } from './normalise';
import { wholeNumber } from './plain';
import { readStorageRow } from './wire';

/** What a row should have; nothing is taken for granted. */
interface Row {
  readonly machine_id?: unknown;
  readonly bucket_start?: unknown;
  readonly bucket_end?: unknown;
  readonly logical_storage_bytes?: unknown;
  readonly storage_mib_seconds?: unknown;
  readonly org_metering_bucket_id?: unknown;
  readonly stripe_storage_identifier?: unknown;
  readonly latest_stripe_emitted_at?: unknown;
  readonly latest_meter_emitted_at?: unknown;
}

/** The trail of the row before, which most rows share. */
interface Before {
  readonly builder: ColumnsBuilder;
  readonly bucketId: string;
  readonly eventId: string | undefined;
  readonly trail: number;
}

/** Rows of `GET /v1/usage/machines/storage` → columns, in the two ways of the compute rows. */
export class StorageFold implements RowFold {
  readonly #days = new DayColumnsBuilder();
  readonly #start = new InstantCache();
  readonly #end = new InstantCache();
  readonly #emitted = new InstantCache();
  #before: Before | undefined;

  take({ rows, first, exact }: RowBatch): void {
    let exactRows: readonly unknown[] | undefined;
    for (let at = 0; at < rows.length; at += 1) {
      if (!this.#takePlain(rows[at])) {
        exactRows ??= exact();
        this.#takeChecked(exactRows[at], first + at);
      }
    }
  }

  build(days: readonly UtcDay[]): DayColumns {
    return this.#days.build(days);
  }

  /** False, and nothing is taken, when the row is not plainly as documented. */
  #takePlain(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) {
      return false;
    }
    const row: Row = value;
    const machineId = row.machine_id;
    const bucketId = row.org_metering_bucket_id;
    const eventId = row.stripe_storage_identifier ?? undefined;
    const start = this.#start.instant(row.bucket_start);
    const end = this.#end.instant(row.bucket_end);
    const level = wholeNumber(row.logical_storage_bytes);
    const amount = wholeNumber(row.storage_mib_seconds);
    const emitted = row.latest_stripe_emitted_at ?? row.latest_meter_emitted_at ?? undefined;
    const emittedAt = emitted === undefined ? Number.NaN : this.#emitted.instant(emitted);
    if (
      typeof machineId !== 'string' ||
      typeof bucketId !== 'string' ||
      (eventId !== undefined && typeof eventId !== 'string') ||
      (emitted !== undefined && Number.isNaN(emittedAt)) ||
      // One that is not a number makes the sum none.
      Number.isNaN(start + end + level + amount)
    ) {
      return false;
    }
    const builder = this.#days.at(start);
    const trail = this.#trailIndex(builder, bucketId, eventId);
    const machine = builder.machineIndex(machineId);
    const times = { start, end, dataThrough: Number.NaN, emittedAt };
    const at = builder.addRow({ machine, shape: -1, trail, ...times });
    builder.setAmount(at, 'logical_storage_bytes', level);
    builder.setAmount(at, 'storage_mib_seconds', amount);
    return true;
  }

  #takeChecked(row: unknown, place: number): void {
    const bucket = toStorageBucket(readStorageRow(new JsonReader(row, `reply.rows[${place}]`)));
    this.#days.at(bucket.start).add(bucket);
  }

  #trailIndex(builder: ColumnsBuilder, bucketId: string, eventId: string | undefined): number {
    const before = this.#before;
    if (before?.builder === builder && before.bucketId === bucketId && before.eventId === eventId) {
      return before.trail;
    }
    const trail = builder.trailIndex(storageTrail(bucketId, eventId));
    this.#before = { builder, bucketId, eventId, trail };
    return trail;
  }
}
