import type { StackBy } from '../../../protocol/choices';

/** How many colours the page can tell apart in every theme; more of them repeat. */
const COLOURS = 12;

/**
 * Numbers of colours, which keys keep from view to view. A new key never takes the number of one that is in sight: it gets
 * a free one, or that of the key which has been out of sight for longest.
 */
export class ColourNumbers {
  /** The least recently shown first. */
  readonly #numbers = new Map<string, number>();

  /** The number of each key that is shown at once. */
  of(keys: Iterable<string>): ReadonlyMap<string, number> {
    const shown = new Set(keys);
    for (const key of shown) {
      const known = this.#numbers.get(key);
      if (known !== undefined) {
        this.#numbers.delete(key);
        this.#numbers.set(key, known);
      }
    }
    for (const key of shown) {
      if (!this.#numbers.has(key)) {
        this.#numbers.set(key, this.#next(shown));
      }
    }
    return this.#numbers;
  }

  #next(shown: ReadonlySet<string>): number {
    const taken = new Set(this.#numbers.values());
    const free = Array.from({ length: COLOURS }, (_, number) => number).find((number) => !taken.has(number));
    if (free !== undefined) {
      return free;
    }
    for (const [key, number] of this.#numbers) {
      if (!shown.has(key)) {
        this.#numbers.delete(key);
        return number;
      }
    }
    return this.#numbers.size;
  }
}

/** An account's colours: of its machines, groups or categories, and of its shapes. */
export type ChartColours = Readonly<Record<StackBy, ColourNumbers>>;

export function newColours(): ChartColours {
  return { machine: new ColourNumbers(), shape: new ColourNumbers() };
}
