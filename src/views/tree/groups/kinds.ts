import { NO_GROUP } from '../../../usage/bucket';
import { accountNode } from '../account/nodes';
import { idOf, type NodeKinds } from '../nodeKind';
import { groupRows, quantityRows } from './children';
import { groupItem, groupsItem, quantityItem } from './items';
import { type GroupNode, type GroupsNode, groupsNode, type QuantityNode } from './nodes';

export const groupKinds: NodeKinds<GroupsNode | GroupNode | QuantityNode> = {
  groups: {
    item: groupsItem,
    children: groupRows,
    parent: ({ account }) => accountNode(account),
  },
  group: {
    item: groupItem,
    children: quantityRows,
    parent: ({ account }) => groupsNode(account),
    subject: ({ groupId }) => (groupId === NO_GROUP ? { subjectId: groupId } : idOf(groupId)),
  },
  quantity: {
    item: quantityItem,
  },
};
