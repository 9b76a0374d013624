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

/** From when to when the buckets of a reply lie, which is all that is kept of single rows. */
export class BucketSpan {
  /** The first end and the last beginning; the other way round without any bucket. */
  firstEnd: EpochMs = Number.POSITIVE_INFINITY;
  lastStart: EpochMs = Number.NEGATIVE_INFINITY;
  /** In milliseconds. */
  longest = 0;

  add(start: EpochMs, end: EpochMs): void {
    this.firstEnd = end < this.firstEnd ? end : this.firstEnd;
    this.lastStart = start > this.lastStart ? start : this.lastStart;
    this.longest = end - start > this.longest ? end - start : this.longest;
  }
}

/**
 * The days, of those that were asked for, that the reply covers by its own word: `period_start` and `period_end`, which is
 * exclusive, and `granularity` where one was asked for. Source: "List machine compute usage breakdown" and its sister of
 * storage, which say that all of these are there. Throws UsageError `malformed` for a reply to another question, and for one
 * whose rows are of another period than it says.
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
  // A bucket may begin before the period or end after it, and need not begin on the hour: it has to touch one of its days.
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
