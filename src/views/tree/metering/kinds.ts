import { idOf, type NodeKinds } from '../nodeKind';
import { machineBucketRows, meteringBucketRows, meteringDayRows } from './children';
import {
  machineBucketItem,
  machineBucketTooltip,
  meteringBucketItem,
  meteringDayItem,
  meteringItem,
  unassignedItem,
} from './items';
import type {
  MachineBucketNode,
  MeteringBucketNode,
  MeteringDayNode,
  MeteringNode,
  UnassignedNode,
} from './nodes';

export const meteringKinds: NodeKinds<
  MeteringNode | MeteringDayNode | MeteringBucketNode | MachineBucketNode | UnassignedNode
> = {
  metering: {
    item: meteringItem,
    children: meteringDayRows,
  },
  meteringDay: {
    item: meteringDayItem,
    children: meteringBucketRows,
  },
  meteringBucket: {
    item: meteringBucketItem,
    children: machineBucketRows,
    subject: ({ bucket }) => ({ copyable: bucket.id }),
  },
  machineBucket: {
    item: machineBucketItem,
    tooltip: machineBucketTooltip,
    subject: ({ usage }) => idOf(usage.subjectId),
  },
  unassigned: {
    item: unassignedItem,
  },
};
