import type { MachineShape, UsageBucket } from '../../usage/bucket';
import type { ColumnsBuilder } from '../../usage/columns/columns';
import type { JsonReader } from '../reader';
import type { Granularity } from './envelope';
import { type EmittedRow, FastRowDecoder } from './fastRowDecoder';
import { InstantCache } from './instantCache';
import { machineIdOf } from './machineId';
import { computeTrail, toComputeBucket } from './normalise';
import { areTexts, sameTexts, wholeNumber } from './plain';
import { readComputeRow } from './wire';

/** What a row should have; nothing is taken for granted. */
interface Row extends EmittedRow {
  readonly machine_id?: unknown;
  readonly spec_fingerprint?: unknown;
  readonly requested_vcpu?: unknown;
  readonly requested_memory_mib?: unknown;
  readonly requested_storage_gib?: unknown;
  readonly bucket_start?: unknown;
  readonly bucket_end?: unknown;
  readonly awake_seconds?: unknown;
  readonly cpu_millicore_seconds?: unknown;
  readonly memory_mib_seconds?: unknown;
  readonly last_window_end?: unknown;
  readonly org_metering_bucket_ids?: unknown;
  readonly stripe_cpu_identifiers?: unknown;
  readonly stripe_memory_identifiers?: unknown;
}

/** Values of earlier rows of the same day, which most rows repeat. */
class Before {
  readonly builder: ColumnsBuilder;
  readonly #shapes = new Map<string, { readonly shape: MachineShape; readonly index: number }>();
  #bucketIds: unknown;
  #cpuIds: unknown;
  #memoryIds: unknown;
  #trail = -1;

  constructor(builder: ColumnsBuilder) {
    this.builder = builder;
  }

  shapeIndex(fingerprint: string, vcpu: number, memoryMib: number, storageGib: number): number {
    const known = this.#shapes.get(fingerprint);
    if (
      known?.shape.vcpu === vcpu &&
      known.shape.memoryMib === memoryMib &&
      known.shape.storageGib === storageGib
    ) {
      return known.index;
    }
    const shape = { fingerprint, vcpu, memoryMib, storageGib };
    const index = this.builder.shapeIndex(shape);
    this.#shapes.set(fingerprint, { shape, index });
    return index;
  }

  /** −1 when the lists are not as documented. */
  trailIndex(row: Row): number {
    const bucketIds = row.org_metering_bucket_ids ?? undefined;
    const cpuIds = row.stripe_cpu_identifiers ?? undefined;
    const memoryIds = row.stripe_memory_identifiers ?? undefined;
    const same =
      this.#trail >= 0 &&
      sameTexts(bucketIds, this.#bucketIds) &&
      sameTexts(cpuIds, this.#cpuIds) &&
      sameTexts(memoryIds, this.#memoryIds);
    if (same) {
      return this.#trail;
    }
    if (!areTexts(bucketIds) || !areTexts(cpuIds) || !areTexts(memoryIds)) {
      return -1;
    }
    this.#bucketIds = bucketIds;
    this.#cpuIds = cpuIds;
    this.#memoryIds = memoryIds;
    this.#trail = this.builder.trailIndex(computeTrail(bucketIds ?? [], cpuIds ?? [], memoryIds ?? []));
    return this.#trail;
  }
}

/** Rows of `GET /v1/usage/machines/compute` → columns. */
export class ComputeDecoder extends FastRowDecoder<Row> {
  readonly #through = new InstantCache();
  readonly #befores = new Map<ColumnsBuilder, Before>();
  #before: Before | undefined;

  /** Rows by day share one trail of where their usage went. */
  constructor(granularity: Granularity) {
    super(granularity === 'day' ? 'shared' : 'own', granularity);
  }

  protected override decodeFast(row: Row): boolean {
    const machineId = row.machine_id;
    const fingerprint = row.spec_fingerprint;
    const vcpu = row.requested_vcpu;
    const memoryMib = wholeNumber(row.requested_memory_mib);
    const storageGib = wholeNumber(row.requested_storage_gib);
    const start = this.start.instant(row.bucket_start);
    const end = this.end.instant(row.bucket_end);
    const dataThrough = this.#through.instant(row.last_window_end);
    const awake = wholeNumber(row.awake_seconds);
    const cpu = wholeNumber(row.cpu_millicore_seconds);
    const memory = wholeNumber(row.memory_mib_seconds);
    const emittedAt = this.emittedAt(row);
    if (
      typeof machineId !== 'string' ||
      typeof fingerprint !== 'string' ||
      typeof vcpu !== 'number' ||
      !Number.isFinite(vcpu) ||
      emittedAt === undefined ||
      // A single NaN makes the sum NaN.
      Number.isNaN(memoryMib + storageGib + start + end + dataThrough + awake + cpu + memory)
    ) {
      return false;
    }
    const before = this.#beforeAt(start);
    const trail = before.trailIndex(row);
    if (trail < 0) {
      return false;
    }
    this.span.add(start, end);
    const { builder } = before;
    const shape = before.shapeIndex(fingerprint, vcpu, memoryMib, storageGib);
    const machine = builder.subjectIndex(machineIdOf(machineId));
    const at = builder.addRow({ subject: machine, shape, trail, start, end, dataThrough, emittedAt });
    builder.setAmount(at, 'awake_seconds', awake);
    builder.setAmount(at, 'cpu_millicore_seconds', cpu);
    builder.setAmount(at, 'memory_mib_seconds', memory);
    return true;
  }

  protected override read(row: JsonReader): UsageBucket {
    return toComputeBucket(readComputeRow(row));
  }

  #beforeAt(start: number): Before {
    const builder = this.days.at(start);
    if (this.#before?.builder !== builder) {
      this.#before = this.#befores.get(builder) ?? new Before(builder);
      this.#befores.set(builder, this.#before);
    }
    return this.#before;
  }
}
