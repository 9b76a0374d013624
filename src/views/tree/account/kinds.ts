import type { NodeKinds } from '../nodeKind';
import { belowAccount } from './children';
import { accountItem } from './items';
import type { AccountNode } from './nodes';

export const accountKinds: NodeKinds<AccountNode> = {
  account: {
    item: accountItem,
    children: belowAccount,
  },
};
