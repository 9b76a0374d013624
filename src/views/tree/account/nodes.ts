import type { Account } from '../../../usage/account';
import type { RowNode } from '../node';

export interface AccountNode extends RowNode {
  readonly kind: 'account';
}

export function accountNode(account: Account): AccountNode {
  return { kind: 'account', id: account.id, account };
}
