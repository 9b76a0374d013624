import type { Account } from '../../../usage/account';
import type { Amount } from '../../../usage/amount';
import type { Quantities } from '../../../usage/bucket';
import type { MeterId } from '../../../usage/meter';
import { accountNode } from '../account/nodes';
import { below, type RowNode } from '../node';

/** The groups of the month, by the account's grouping. */
export interface GroupsNode extends RowNode {
  readonly kind: 'groups';
}

export interface GroupNode extends RowNode {
  readonly kind: 'group';
  readonly groupId: string;
  readonly quantities: Quantities;
}

/** One meter of a group. */
export interface QuantityNode extends RowNode {
  readonly kind: 'quantity';
  readonly meter: MeterId;
  readonly amount: Amount;
}

export function groupsNode(account: Account): GroupsNode {
  return { ...below(accountNode(account), 'groups'), kind: 'groups' };
}
