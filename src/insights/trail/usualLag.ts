import { DAY, HOUR } from '../../usage/time';

/** How long after a bucket's end its meter event may be emitted and still count as usual. */
export interface UsualLag {
  /** Milliseconds. */
  readonly ms: number;
  /** How many emitted buckets it is based on. */
  readonly emittedCount: number;
  /** False if there were too few, so that it is a guess: {@link UNMEASURED_LAG}. */
  readonly isMeasured: boolean;
}

/** Fewer do not show what is usual. */
const LEAST_EMITTED = 5;
const PERCENTILE = 0.95;
const GRACE = HOUR;
const UNMEASURED_LAG = DAY;

/**
 * The 95th percentile by nearest rank of the lags of emitted buckets, plus an hour of grace; a day if there are fewer than
 * five. No vendor publishes how long it takes, so the rule follows what was seen. It is ours, not the vendor's promise.
 * @param lags of the emitted buckets of one kind and day, in milliseconds, in any order
 */
export function usualLag(lags: readonly number[]): UsualLag {
  const emittedCount = lags.length;
  if (emittedCount < LEAST_EMITTED) {
    return { ms: UNMEASURED_LAG, emittedCount, isMeasured: false };
  }
  const rank = Math.ceil(PERCENTILE * emittedCount);
  const high = Float64Array.from(lags).sort()[rank - 1] ?? 0;
  return { ms: Math.max(0, high) + GRACE, emittedCount, isMeasured: true };
}
