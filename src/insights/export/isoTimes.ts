import type { EpochMs } from '../../usage/time';

/** Maximum number of cached texts: a thousand machines share the times of a bucket. */
const MOST_KEPT = 1000;

/** Writes times as `2026-11-20T14:00:00Z`, with milliseconds only where there are some. Half of an export is times. */
export function isoTimes(): (at: EpochMs) => string {
  const kept = new Map<EpochMs, string>();
  return (at) => {
    const known = kept.get(at);
    if (known !== undefined) {
      return known;
    }
    const text = new Date(at).toISOString().replace('.000Z', 'Z');
    if (kept.size === MOST_KEPT) {
      kept.clear();
    }
    kept.set(at, text);
    return text;
  };
}
