import { DAY, dayOf, type EpochMs, monthStartOf, parseDate } from '../clock';

/** What a usage request asks for, in instants. */
export interface UsageQuery {
  readonly start: EpochMs;
  /** Exclusive, and never later than the time of asking. */
  readonly end: EpochMs;
  readonly machineId: string | undefined;
  readonly granularity: 'hour' | 'day';
}

/** A request that the vendor refuses with 400. */
export class InvalidRequest extends Error {}

/**
 * Dates are UTC. `period_end` of a request is the last date that is included; the reply's `period_end` is exclusive:
 * the day after that date, or now if that is earlier (the vendor says only "defaults to current time").
 */
export function usageQuery(query: URLSearchParams, now: EpochMs): UsageQuery {
  const start = dateParameter(query, 'period_start') ?? monthStartOf(now);
  const lastDate = dateParameter(query, 'period_end');
  if ((lastDate ?? dayOf(now)) < start)
    throw new InvalidRequest('period_end must not be before period_start');
  const afterLast = lastDate === undefined ? now : Math.min(lastDate + DAY, now);

  const granularity = query.get('granularity') ?? 'hour';
  if (granularity !== 'hour' && granularity !== 'day') {
    throw new InvalidRequest('granularity must be hour or day');
  }
  // A period that has not begun is empty: it ends where it starts.
  return {
    start,
    end: Math.max(start, afterLast),
    machineId: query.get('machine_id') ?? undefined,
    granularity,
  };
}

/** The start of `GET /v1/usage`; that period runs until now. */
export function summaryStart(query: URLSearchParams, now: EpochMs): EpochMs {
  return dateParameter(query, 'period_start') ?? monthStartOf(now);
}

function dateParameter(query: URLSearchParams, name: string): EpochMs | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const date = parseDate(text);
  if (date === undefined) throw new InvalidRequest(`${name} must be YYYY-MM-DD`);
  return date;
}
