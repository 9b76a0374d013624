import type { NodeKinds } from '../nodeKind';
import { emptyItem, failureItem, moreItem } from './items';
import type { EmptyNode, FailureNode, MoreNode } from './nodes';

export const placeholderKinds: NodeKinds<FailureNode | EmptyNode | MoreNode> = {
  failure: {
    item: failureItem,
  },
  empty: {
    item: emptyItem,
  },
  more: {
    item: moreItem,
  },
};
