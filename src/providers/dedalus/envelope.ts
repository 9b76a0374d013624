import {
  DAY,
  dayPeriod,
  type EpochMs,
  HOUR,
  type Period,
  startOfDay,
  type UtcDay,
  utcDay,
} from '../../usage/time';
import { checkMeets, contradicts, coveredDays } from '../coverage';
import type { JsonReader } from '../reader';
import type { RowQuestion } from '../rowDecoder';

/** As the vendor names them. */
export type Granularity = 'hour' | 'day';

const LENGTH: Readonly<Record<Granularity, number>> = { hour: HOUR, day: DAY };

/** The time span of a reply's buckets, which is all that is kept of single rows. */
export class BucketSpan {
  /** The earliest end and the latest start; +∞ and −∞ without any bucket. */
  firstEnd: EpochMs = Number.POSITIVE_INFINITY;
  lastStart: EpochMs = Number.NEGATIVE_INFINITY;
  /** Longest bucket, in ms. */
  longest = 0;

  add(start: EpochMs, end: EpochMs): void {
    this.firstEnd = end < this.firstEnd ? end : this.firstEnd;
    this.lastStart = start > this.lastStart ? start : this.lastStart;
    this.longest = end - start > this.longest ? end - start : this.longest;
  }
}

/**
 * The requested days that the reply says it covers, by `period_start` and `period_end` (exclusive), and by `granularity` if
 * one was requested. Source: "List machine compute usage breakdown" and its storage counterpart, which say that replies have
 * all of these. Throws UsageError `malformed` for a reply to another request, and for rows of another period than it says.
 */
export function coveredBy(
  reply: JsonReader,
  granularity: Granularity | undefined,
  { days, answeredAt }: RowQuestion,
  span: BucketSpan,
): UtcDay[] {
  if (granularity !== undefined && reply.field('granularity').text() !== granularity) {
    contradicts('reply.granularity', 'asAsked');
  }
  if (granularity !== undefined && span.longest > LENGTH[granularity]) {
    contradicts('reply.rows', 'asAsked');
  }
  const covered = { start: reply.field('period_start').instant(), end: reply.field('period_end').instant() };
  checkMeets(covered, periodOf(days), 'reply.period_start');
  // A bucket may begin before the period, end after it, and begin off the hour, but it must touch one of the period's days.
  const last = Math.min(endOfDay(covered.end), answeredAt + Math.max(HOUR, span.longest));
  if (span.firstEnd <= covered.start || span.lastStart >= last) {
    contradicts('reply.rows', 'inPeriod');
  }
  return coveredDays(covered, days, answeredAt);
}

function periodOf(days: readonly UtcDay[]): Period {
  const [first = '', last = first] = [days[0], days.at(-1)];
  return { start: startOfDay(first), end: dayPeriod(last).end };
}

/** The end of the last UTC day that a period with this end touches. */
function endOfDay(end: EpochMs): EpochMs {
  return startOfDay(utcDay(end - 1)) + DAY;
}
