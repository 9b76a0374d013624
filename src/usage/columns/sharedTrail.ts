import type { MeterId } from '../meter';
import type { Trail } from './trail';

/**
 * Gathers the trails of many rows into one. The rows of a whole day go into some two dozen metering buckets each, and what
 * goes where only the hours tell: kept row by row, that would be by far the largest part of the day.
 */
export class SharedTrail {
  readonly #bucketIds = new Set<string>();
  readonly #eventIds = new Map<MeterId, Set<string>>();
  #characters = 0;

  /** The length of all identifiers together. */
  get characters(): number {
    return this.#characters;
  }

  add({ meteringBucketIds, meterEvents }: Trail): void {
    for (const id of meteringBucketIds) {
      this.#put(this.#bucketIds, id);
    }
    for (const { meter, id } of meterEvents) {
      const known = this.#eventIds.get(meter) ?? new Set<string>();
      this.#eventIds.set(meter, known);
      this.#put(known, id);
    }
  }

  get trail(): Trail {
    return {
      meteringBucketIds: [...this.#bucketIds],
      meterEvents: [...this.#eventIds].flatMap(([meter, ids]) => [...ids].map((id) => ({ meter, id }))),
    };
  }

  #put(ids: Set<string>, id: string): void {
    if (!ids.has(id)) {
      ids.add(id);
      this.#characters += id.length;
    }
  }
}
