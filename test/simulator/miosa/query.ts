import { DAY, type EpochMs, monthStartOf } from '../clock';
import { type Grouping, GROUPINGS } from './book';

/** What a request asks for, in instants. */
export interface UsageQuery {
  readonly grouping: Grouping;
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** A request that the vendor refuses with 422. */
export class RefusedQuery extends Error {
  constructor(readonly code: 'invalid group_by' | 'invalid period' | 'invalid_custom_range') {
    super(code);
  }
}

/** Throws RefusedQuery with the documented code. */
export function usageQuery(query: URLSearchParams, now: EpochMs, refusesMtd: boolean): UsageQuery {
  const asked = query.get('group_by') ?? 'external_user_id';
  const grouping = GROUPINGS.find((known) => known === asked);
  if (grouping === undefined) throw new RefusedQuery('invalid group_by');
  const period = query.get('period') ?? '30d';
  switch (period) {
    case '7d':
      return { grouping, start: now - 7 * DAY, end: now };
    case '30d':
      return { grouping, start: now - 30 * DAY, end: now };
    case 'mtd':
      if (refusesMtd) throw new RefusedQuery('invalid period');
      return { grouping, start: monthStartOf(now), end: now };
    case 'custom':
      return { grouping, ...customRange(query) };
    default:
      throw new RefusedQuery('invalid period');
  }
}

function customRange(query: URLSearchParams): { readonly start: EpochMs; readonly end: EpochMs } {
  const start = instant(query.get('start'));
  const end = instant(query.get('end'));
  if (!(start < end)) throw new RefusedQuery('invalid_custom_range');
  return { start, end };
}

/** NaN for an absent one, and for one without its zone. */
function instant(text: string | null): EpochMs {
  return text !== null && /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}
