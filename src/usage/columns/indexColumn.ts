/** Indexes into a list, in 16 bits each while the list is short: a month of hours has ten million of them. */
export type Indexes = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** The same, where −1 is none. */
export type OptionalIndexes = Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** The largest indexes in 16 bits. */
export const MOST_NARROW = 2 ** 16 - 1;
const MOST_OPTIONAL = 2 ** 15 - 1;

/** A growing column of indexes. */
export class IndexColumn<T extends Indexes | OptionalIndexes> {
  #values: T;
  #most: number;
  readonly #widened: (narrow: T) => T;

  /** @param most the largest index that fits before the column is widened */
  constructor(narrow: T, most: number, widen: (narrow: T) => T) {
    this.#values = narrow;
    this.#most = most;
    this.#widened = widen;
  }

  get values(): T {
    return this.#values;
  }

  set(row: number, index: number): void {
    if (index > this.#most) {
      this.#values = this.#widened(this.#values);
      this.#most = Number.POSITIVE_INFINITY;
    }
    this.#values[row] = index;
  }

  resize(length: number): void {
    this.#values = resized(this.#values, length);
  }
}

export function indexColumn(length: number): IndexColumn<Indexes> {
  return new IndexColumn<Indexes>(new Uint16Array(length), MOST_NARROW, widened);
}

export function optionalIndexColumn(length: number): IndexColumn<OptionalIndexes> {
  const widen = (narrow: OptionalIndexes): OptionalIndexes => new Int32Array(narrow);
  return new IndexColumn<OptionalIndexes>(new Int16Array(length), MOST_OPTIONAL, widen);
}

export function widened(narrow: Indexes): Indexes {
  return new Uint32Array(narrow);
}

/** In 16 bits if all indexes fit. */
export function narrowed(wide: Uint32Array<ArrayBuffer>): Indexes {
  return largestOf(wide) <= MOST_NARROW ? new Uint16Array(wide) : wide;
}

export function narrowedOptional(wide: Int32Array<ArrayBuffer>): OptionalIndexes {
  return largestOf(wide) <= MOST_OPTIONAL ? new Int16Array(wide) : wide;
}

function largestOf(indexes: Uint32Array | Int32Array): number {
  let largest = 0;
  for (let row = 0; row < indexes.length; row += 1) {
    largest = Math.max(largest, indexes[row] ?? 0);
  }
  return largest;
}

/** Moves a column into longer or shorter memory. The old memory is freed at once, without waiting for garbage collection. */
export function resized<T extends Indexes | OptionalIndexes | Float64Array<ArrayBuffer>>(
  values: T,
  length: number,
): T {
  const bytes = length * values.BYTES_PER_ELEMENT;
  return new (values.constructor as new (buffer: ArrayBuffer) => T)(values.buffer.transfer(bytes));
}
