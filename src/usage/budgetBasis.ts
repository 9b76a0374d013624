/**
 * What a threshold is held against: `actual` is what the vendor has metered in the UTC calendar month so far, open buckets
 * included, since a warning that waits for a bucket to close comes late; `forecast` is what the month is expected to come to.
 */
export const BASES = ['actual', 'forecast'] as const;
export type Basis = (typeof BASES)[number];
