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
  /** Whether the day was read in full, as far as it has elapsed. */
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
  /** The query for the rows below this row; undefined if there are none. */
  readonly query: HourQuery | undefined;
  readonly spend: SpendNode;
  /** When its reply was requested. */
  readonly askedAt: EpochMs | undefined;
}

/** All of the customer's own cloud in an hour, whatever row it is below. */
export interface OwnCloudNode extends RowNode {
  readonly kind: 'ownCloud';
  readonly price: Price;
  readonly askedAt: EpochMs | undefined;
}
