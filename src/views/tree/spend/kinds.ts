import type { NodeKinds } from '../nodeKind';
import { branchRows, spendDayRows, spendHourRows } from './children';
import { branchItem, ownCloudItem, spendDayItem, spendDaysItem, spendHourItem } from './items';
import type { BranchNode, OwnCloudNode, SpendDayNode, SpendDaysNode, SpendHourNode } from './nodes';

export const spendKinds: NodeKinds<SpendDaysNode | SpendDayNode | SpendHourNode | BranchNode | OwnCloudNode> =
  {
    spendDays: {
      item: spendDaysItem,
      children: spendDayRows,
    },
    spendDay: {
      item: spendDayItem,
      children: spendHourRows,
    },
    spendHour: {
      item: spendHourItem,
      children: branchRows,
    },
    branch: {
      item: branchItem,
      children: branchRows,
      subject: ({ spend }) => ({ copyable: spend.id }),
    },
    ownCloud: {
      item: ownCloudItem,
    },
  };
