/** Gives each value an index, in order of first appearance. */
export class Dictionary<T> {
  readonly values: T[] = [];
  readonly #indexes = new Map<string, number>();
  #characters = 0;

  /** The total length of all keys. */
  get characters(): number {
    return this.#characters;
  }

  indexOf(key: string, value: T): number {
    const known = this.#indexes.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#indexes.set(key, this.values.length);
    this.#characters += key.length;
    return this.values.push(value) - 1;
  }
}
