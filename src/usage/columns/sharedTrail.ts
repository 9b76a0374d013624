import type { MeterId } from '../meter';
import type { Trail } from './trail';

/**
 * Merges the trails of many rows into one. Each row of a whole day goes into some two dozen metering buckets, and only hours
 * tell which usage goes where. Kept per row, trails would be by far the largest part of the day.
 */
export class SharedTrail {
  readonly #bucketIds = new Set<string>();
  readonly #eventIds = new Map<MeterId, Set<string>>();
  #characters = 0;

  /** The total length of all identifiers. */
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
