import type { MeterEventId } from '../bucket';

/**
 * Where the usage of a row went: the organisation's metering buckets, and the meter events that were emitted for them. Rows
 * of a whole day share one (`sharedTrail.ts`).
 */
export interface Trail {
  readonly meteringBucketIds: readonly string[];
  readonly meterEvents: readonly MeterEventId[];
}
