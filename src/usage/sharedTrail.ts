import type { Trail } from './columns';
import type { MeterId } from './meter';

/**
 * Gathers the trails of many rows into one. The rows of a whole day go into some two dozen metering buckets each, and what
 * goes where only the hours tell: kept row by row, that would be by far the largest part of the day.
 */
export class SharedTrail {
  readonly #bucketIds = new Set<string>();
  readonly #eventIds = new Map<MeterId, Set<string>>();

  add({ meteringBucketIds, meterEvents }: Trail): void {
    for (const id of meteringBucketIds) {
      this.#bucketIds.add(id);
    }
    for (const { meter, id } of meterEvents) {
      const known = this.#eventIds.get(meter) ?? new Set<string>();
      this.#eventIds.set(meter, known.add(id));
    }
  }

  get trail(): Trail {
    return {
      meteringBucketIds: [...this.#bucketIds],
      meterEvents: [...this.#eventIds].flatMap(([meter, ids]) => [...ids].map((id) => ({ meter, id }))),
    };
  }
}
