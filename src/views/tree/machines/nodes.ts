import type { Account } from '../../../usage/account';
import type { MachineUsage } from '../../../usage/columns/machines';
import type { BucketUsage, ShapeUsage, UsageTotals } from '../../../usage/columns/totals';
import type { UtcDay } from '../../../usage/time';
import { accountNode } from '../account/nodes';
import { below, type RowNode } from '../node';

export interface MachinesNode extends RowNode {
  readonly kind: 'machines';
}

export interface MachineNode extends RowNode {
  readonly kind: 'machine';
  readonly usage: MachineUsage;
}

export interface DayNode extends RowNode {
  readonly kind: 'day';
  readonly machineId: string;
  readonly day: UtcDay;
  readonly totals: UsageTotals;
}

export interface HourNode extends RowNode {
  readonly kind: 'hour';
  readonly hour: BucketUsage;
}

/** Two or more hours, one after another and the newest first, whose figures are the same. */
export interface HoursNode extends RowNode {
  readonly kind: 'hours';
  readonly hours: readonly [BucketUsage, ...BucketUsage[]];
}

/** One shape's part of a bucket in which the machine had several. */
export interface ShapeNode extends RowNode {
  readonly kind: 'shape';
  readonly usage: ShapeUsage;
}

export function machinesNode(account: Account): MachinesNode {
  return { ...below(accountNode(account), 'machines'), kind: 'machines' };
}
