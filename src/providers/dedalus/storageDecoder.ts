import type { UsageBucket } from '../../usage/bucket';
import type { ColumnsBuilder } from '../../usage/columns/columns';
import type { JsonReader } from '../reader';
import { type EmittedRow, FastRowDecoder } from './fastRowDecoder';
import { machineIdOf } from './machineId';
import { storageTrail, toStorageBucket } from './normalise';
import { wholeNumber } from './plain';
import { readStorageRow } from './wire';

/** What a row should have; nothing is taken for granted. */
interface Row extends EmittedRow {
  readonly machine_id?: unknown;
  readonly bucket_start?: unknown;
  readonly bucket_end?: unknown;
  readonly logical_storage_bytes?: unknown;
  readonly storage_mib_seconds?: unknown;
  readonly org_metering_bucket_id?: unknown;
  readonly stripe_storage_identifier?: unknown;
}

/** The trail of the previous row, which most rows share. */
interface Before {
  readonly builder: ColumnsBuilder;
  readonly bucketId: string;
  readonly eventId: string | undefined;
  readonly trail: number;
}

/** Rows of `GET /v1/usage/machines/storage` → columns. */
export class StorageDecoder extends FastRowDecoder<Row> {
  #before: Before | undefined;

  constructor() {
    super('own', undefined);
  }

  protected override decodeFast(row: Row): boolean {
    const machineId = row.machine_id;
    const bucketId = row.org_metering_bucket_id;
    const eventId = row.stripe_storage_identifier ?? undefined;
    const start = this.start.instant(row.bucket_start);
    const end = this.end.instant(row.bucket_end);
    const level = wholeNumber(row.logical_storage_bytes);
    const amount = wholeNumber(row.storage_mib_seconds);
    const emittedAt = this.emittedAt(row);
    if (
      typeof machineId !== 'string' ||
      typeof bucketId !== 'string' ||
      (eventId !== undefined && typeof eventId !== 'string') ||
      emittedAt === undefined ||
      // A single NaN makes the sum NaN.
      Number.isNaN(start + end + level + amount)
    ) {
      return false;
    }
    this.span.add(start, end);
    const builder = this.days.at(start);
    const trail = this.#trailIndex(builder, bucketId, eventId);
    const machine = builder.subjectIndex(machineIdOf(machineId));
    const times = { start, end, dataThrough: Number.NaN, emittedAt };
    const at = builder.addRow({ subject: machine, shape: -1, trail, ...times });
    builder.setAmount(at, 'logical_storage_bytes', level);
    builder.setAmount(at, 'storage_mib_seconds', amount);
    return true;
  }

  protected override read(row: JsonReader): UsageBucket {
    return toStorageBucket(readStorageRow(row));
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
