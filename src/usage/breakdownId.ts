import type { UsageBucket } from './bucket';

/**
 * The breakdowns that vendors give, each kept by UTC day. Which of them an account has, its provider declares.
 * Dedalus: compute in buckets of a day or of an hour, storage in the vendor's own buckets. MIOSA: a row a group and day, by
 * three groupings. Northflank: a row a category and hour.
 */
export type FetchedBreakdown =
  'computeDays' | 'computeHours' | 'storage' | 'byUser' | 'byProject' | 'byWorkspace' | 'spend';

/** One row a subject and day, worked out from shorter buckets and never asked for. */
export type DerivedBreakdown = 'storageDays' | 'spendDays';

export type BreakdownId = FetchedBreakdown | DerivedBreakdown;

/**
 * What is kept on disk: parts by day, and, under the first day of a month, one row a machine with its totals, so that a start
 * has figures to show before it opens the days.
 */
export type StoredBreakdown = BreakdownId | 'monthTotals';

/** From which part each is worked out. */
export const SUMMED_FROM: Readonly<Record<DerivedBreakdown, FetchedBreakdown>> = {
  storageDays: 'storage',
  spendDays: 'spend',
};

export function isSummed(part: StoredBreakdown): part is DerivedBreakdown {
  return part in SUMMED_FROM;
}

/** The part to ask for, so that this one is known. */
export function askedPart(part: BreakdownId): FetchedBreakdown {
  return isSummed(part) ? SUMMED_FROM[part] : part;
}

/** What the buckets of a part are of, as they are named in files and restatements. */
export function kindOf(part: StoredBreakdown): UsageBucket['kind'] {
  if (part === 'computeDays' || part === 'computeHours') {
    return 'compute';
  }
  return part === 'storage' || part === 'storageDays' ? 'storage' : 'usage';
}
