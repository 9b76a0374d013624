import type { RowKinds } from '../rowKind';
import { emptyItem, failureItem, moreItem } from './items';
import type { EmptyNode, FailureNode, MoreNode } from './nodes';

export const placeholderKinds: RowKinds<FailureNode | EmptyNode | MoreNode> = {
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
