import type { MeteringBucket } from '../../../insights/trail/meteringBuckets';
import type { Quantities, UsageBucket } from '../../../usage/bucket';
import type { Breakdown } from '../../../usage/columns/breakdown';
import type { EpochMs, UtcDay } from '../../../usage/time';
import type { RowNode } from '../node';

export interface MeteringNode extends RowNode {
  readonly kind: 'metering';
}

export interface MeteringDayNode extends RowNode {
  readonly kind: 'meteringDay';
  readonly day: UtcDay;
  /** How many metering buckets the day's usage names. */
  readonly bucketCount: number;
}

export interface MeteringBucketNode extends RowNode {
  readonly kind: 'meteringBucket';
  readonly bucket: MeteringBucket;
  /** The rows of its day, which say which machines feed it. */
  readonly breakdown: Breakdown;
}

/** What a machine adds to a metering bucket. */
export interface MachineBucketNode extends RowNode {
  readonly kind: 'machineBucket';
  readonly usage: UsageBucket;
  readonly asOf: EpochMs;
}

/** Usage that is in no metering bucket yet. */
export interface UnassignedNode extends RowNode {
  readonly kind: 'unassigned';
  readonly quantities: Quantities;
  /** When the older of its summed rows were requested. */
  readonly asOf: EpochMs;
}
