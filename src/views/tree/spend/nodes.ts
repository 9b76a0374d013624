import type { HourQuery } from '../../../providers/provider';
import type { Price, Quantities, SpendNode } from '../../../usage/bucket';
import type { EpochMs, Period, UtcDay } from '../../../usage/time';
import type { RowNode } from '../node';

/** The days of the month on which something was spent. */
export interface SpendDaysNode extends RowNode {
  readonly kind: 'spendDays';
}

export interface SpendDayNode extends RowNode {
  readonly kind: 'spendDay';
  readonly day: UtcDay;
  readonly quantities: Quantities;
  /** Whether the day was read to its end, as far as it has come. */
  readonly isWhole: boolean;
}

export interface SpendHourNode extends RowNode {
  readonly kind: 'spendHour';
  readonly hour: Period;
  readonly quantities: Quantities;
}

/** A team, a project, a type of resource or a resource within an hour. */
export interface BranchNode extends RowNode {
  readonly kind: 'branch';
  /** What to ask for, so that the reply goes below this row; undefined where nothing is below. */
  readonly query: HourQuery | undefined;
  readonly spend: SpendNode;
  /** When the reply that it is of was asked for. */
  readonly askedAt: EpochMs | undefined;
}

/** The customer's own cloud in an hour: all of it, whatever it is below. */
export interface OwnCloudNode extends RowNode {
  readonly kind: 'ownCloud';
  readonly price: Price;
  readonly askedAt: EpochMs | undefined;
}
