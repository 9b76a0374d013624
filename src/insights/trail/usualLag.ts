import { DAY, HOUR } from '../../usage/time';

/** How long after a bucket's end its meter event may take and still be nothing to wonder about. */
export interface UsualLag {
  /** Milliseconds. */
  readonly ms: number;
  /** Of how many emitted buckets it was made. */
  readonly emittedCount: number;
  /** False where there were too few, and it is a guess: {@link UNMEASURED_LAG}. */
  readonly isMeasured: boolean;
}

/** Fewer tell nothing of what is usual. */
const LEAST_EMITTED = 5;
const PERCENTILE = 0.95;
const GRACE = HOUR;
const UNMEASURED_LAG = DAY;

/**
 * The 95th percentile by nearest rank of the lags of emitted buckets, and an hour of grace; a day where there are fewer than
 * five. No vendor publishes how long it takes, so the rule goes by what was seen. It is ours, not the vendor's promise.
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
