import type { EpochMs } from '../time';
import { type Indexes, MOST_NARROW, resized, widened } from './indexColumn';

/** The times of rows. A day has a few hundred that differ, so rows hold their indexes, which are a quarter as long. */
export interface RowTimes {
  /** Distinct UTC milliseconds; NaN is not given. The columns hold indexes into this list. */
  readonly times: Float64Array;
  /** The edges of the bucket. */
  readonly start: Indexes;
  readonly end: Indexes;
  /** End of the newest raw window, and when the latest meter event was emitted. */
  readonly dataThrough: Indexes;
  readonly emittedAt: Indexes;
}

/** Approximate bytes of memory of a distinct time: its number, and what finds it. */
const TIME_BYTES = 64;

/** A power of two. So many minutes are nine hours, and the rows that come together have times in one or two. */
const RECENT = 512;

/** A power of two, because dividing by it is quick. */
const ABOUT_A_MINUTE = 2 ** 16;

/** A `Map` takes 0 and −0 for the same. */
const MINUS_ZERO = '-0';

/** Distinct times, in order of first appearance; NaN, which is "not given", can be one of them. */
class TimeList {
  readonly #values: EpochMs[] = [];
  readonly #indexes = new Map<EpochMs | typeof MINUS_ZERO, number>();
  /** The last time of each minute, and its index. A `Map` alone would take a tenth of the time that reading a row takes. */
  readonly #recent = new Float64Array(RECENT).fill(Number.NaN);
  readonly #recentIndexes = new Uint32Array(RECENT);
  #unknown = -1;

  get length(): number {
    return this.#values.length;
  }

  indexOf(time: EpochMs): number {
    const place = (time / ABOUT_A_MINUTE) & (RECENT - 1);
    return this.#recent[place] === time ? (this.#recentIndexes[place] ?? 0) : this.#find(time, place);
  }

  build(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#values);
  }

  #find(time: EpochMs, place: number): number {
    if (Number.isNaN(time)) {
      return this.#unknown >= 0 ? this.#unknown : (this.#unknown = this.#values.push(time) - 1);
    }
    const key = Object.is(time, -0) ? MINUS_ZERO : time;
    const index = this.#indexes.get(key) ?? this.#values.push(time) - 1;
    this.#indexes.set(key, index);
    if (time !== 0) {
      this.#recent[place] = time;
      this.#recentIndexes[place] = index;
    }
    return index;
  }
}

/** Growing columns of times, and the list that they share. Equal rows have equal lists, wherever they come from. */
export class TimeColumns {
  readonly #times = new TimeList();
  #start: Indexes;
  #end: Indexes;
  #dataThrough: Indexes;
  #emittedAt: Indexes;
  /** How many times the list may have before the columns are widened. */
  #most = MOST_NARROW + 1;

  constructor(length: number) {
    this.#start = new Uint16Array(length);
    this.#end = new Uint16Array(length);
    this.#dataThrough = new Uint16Array(length);
    this.#emittedAt = new Uint16Array(length);
  }

  /** Approximate memory use, in bytes. */
  get memory(): number {
    return 4 * this.#start.byteLength + this.#times.length * TIME_BYTES;
  }

  set(row: number, start: EpochMs, end: EpochMs, dataThrough: EpochMs, emittedAt: EpochMs): void {
    const times = this.#times;
    const [startIndex, endIndex] = [times.indexOf(start), times.indexOf(end)];
    const [dataThroughIndex, emittedAtIndex] = [times.indexOf(dataThrough), times.indexOf(emittedAt)];
    if (times.length > this.#most) {
      this.#each(widened);
      this.#most = Number.POSITIVE_INFINITY;
    }
    this.#start[row] = startIndex;
    this.#end[row] = endIndex;
    this.#dataThrough[row] = dataThroughIndex;
    this.#emittedAt[row] = emittedAtIndex;
  }

  resize(length: number): void {
    this.#each((values) => resized(values, length));
  }

  build(): RowTimes {
    return {
      times: this.#times.build(),
      start: this.#start,
      end: this.#end,
      dataThrough: this.#dataThrough,
      emittedAt: this.#emittedAt,
    };
  }

  #each(change: (values: Indexes) => Indexes): void {
    this.#start = change(this.#start);
    this.#end = change(this.#end);
    this.#dataThrough = change(this.#dataThrough);
    this.#emittedAt = change(this.#emittedAt);
  }
}
