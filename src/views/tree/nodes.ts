import type { Account } from '../../usage/account';
import type { Quantities } from '../../usage/bucket';
import type { Failure } from '../../usage/failure';
import type { MachineUsage } from '../../usage/machines';
import type { MeteringBucket } from '../../usage/meteringBuckets';
import type { MeterId } from '../../usage/meter';
import type { UtcDay } from '../../usage/time';
import type { BucketUsage, ShapeUsage, UsageTotals } from '../../usage/totals';

/** A row of the tree: what it stands for, in plain data. The words are made in `treeItem.ts`. */
interface Row {
  /** Stable over refreshes, so that VS Code keeps rows open and selected. */
  readonly id: string;
  readonly account: Account;
}

export interface AccountNode extends Row {
  readonly kind: 'account';
}

/** The month's figures, billed and metered. */
export interface FiguresNode extends Row {
  readonly kind: 'figures';
}

export interface FigureNode extends Row {
  readonly kind: 'figure';
  readonly meter: MeterId;
}

export interface MachinesNode extends Row {
  readonly kind: 'machines';
}

export interface MachineNode extends Row {
  readonly kind: 'machine';
  readonly usage: MachineUsage;
}

export interface DayNode extends Row {
  readonly kind: 'day';
  readonly machineId: string;
  readonly day: UtcDay;
  readonly totals: UsageTotals;
}

export interface HourNode extends Row {
  readonly kind: 'hour';
  readonly hour: BucketUsage;
}

/** One shape's part of a bucket in which the machine had several. */
export interface ShapeNode extends Row {
  readonly kind: 'shape';
  readonly usage: ShapeUsage;
}

export interface MeteringNode extends Row {
  readonly kind: 'metering';
}

export interface MeteringDayNode extends Row {
  readonly kind: 'meteringDay';
  readonly day: UtcDay;
  /** How many metering buckets the day's usage names. */
  readonly bucketCount: number;
}

export interface MeteringBucketNode extends Row {
  readonly kind: 'meteringBucket';
  readonly bucket: MeteringBucket;
}

/** Usage that is in no metering bucket yet. */
export interface UnassignedNode extends Row {
  readonly kind: 'unassigned';
  readonly quantities: Quantities;
}

export interface FailureNode extends Row {
  readonly kind: 'failure';
  readonly failure: Failure;
}

/** Says why there is nothing below a row. */
export interface EmptyNode extends Row {
  readonly kind: 'empty';
  readonly reason: 'loading' | 'noMachines' | 'allFilteredOut' | 'noUsage' | 'noBuckets';
}

export interface MoreNode extends Row {
  readonly kind: 'more';
  readonly hidden: number;
}

export type TreeNode =
  | AccountNode
  | FiguresNode
  | FigureNode
  | MachinesNode
  | MachineNode
  | DayNode
  | HourNode
  | ShapeNode
  | MeteringNode
  | MeteringDayNode
  | MeteringBucketNode
  | UnassignedNode
  | FailureNode
  | EmptyNode
  | MoreNode;
