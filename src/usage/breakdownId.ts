import type { UsageBucket } from './bucket';

/**
 * The breakdowns that vendors give, each stored by UTC day. The provider declares which of them an account has.
 * Dedalus: compute in buckets of a day or of an hour, storage in the vendor's own buckets. MIOSA: one row per group and day,
 * in three groupings. Northflank: one row per category and hour.
 */
export type FetchedBreakdown =
  'computeDays' | 'computeHours' | 'storage' | 'byUser' | 'byProject' | 'byWorkspace' | 'spend';

/** One row per subject and day, computed from shorter buckets and never requested. */
export type DerivedBreakdown = 'storageDays' | 'spendDays';

export type BreakdownId = FetchedBreakdown | DerivedBreakdown;

/**
 * What is stored on disk: parts by day and, under the first day of a month, one row per machine with its totals, so that
 * startup has figures to show before the days are opened.
 */
export type StoredBreakdown = BreakdownId | 'monthTotals';

/** The part that each one is computed from. */
export const SUMMED_FROM: Readonly<Record<DerivedBreakdown, FetchedBreakdown>> = {
  storageDays: 'storage',
  spendDays: 'spend',
};

export function isSummed(part: StoredBreakdown): part is DerivedBreakdown {
  return part in SUMMED_FROM;
}

/** The part to request from the vendor in order to get this one. */
export function askedPart(part: BreakdownId): FetchedBreakdown {
  return isSummed(part) ? SUMMED_FROM[part] : part;
}

/** The kind of a part's buckets, as named in files and restatements. */
export function kindOf(part: StoredBreakdown): UsageBucket['kind'] {
  if (part === 'computeDays' || part === 'computeHours') {
    return 'compute';
  }
  return part === 'storage' || part === 'storageDays' ? 'storage' : 'usage';
}
