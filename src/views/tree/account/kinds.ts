import type { RowKinds } from '../rowKind';
import { belowAccount } from './children';
import { accountItem } from './items';
import type { AccountNode } from './nodes';

export const accountKinds: RowKinds<AccountNode> = {
  account: {
    item: accountItem,
    children: belowAccount,
  },
};
