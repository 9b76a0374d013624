/**
 * What a threshold is compared with. `actual` is the usage metered in the UTC calendar month so far, including open buckets,
 * because a warning that waits for a bucket to close comes late. `forecast` is the expected total of the month.
 */
export const BASES = ['actual', 'forecast'] as const;
export type Basis = (typeof BASES)[number];
