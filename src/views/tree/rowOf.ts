import type { Account } from '../../usage/account';
import { NO_GROUP } from '../../usage/bucket';
import type { TreeNode } from './nodes';

/** What commands need to know of a row. */
export interface Row {
  readonly account: Account;
  readonly machineId?: string;
  /** The vendor's id behind the row, when it has one. */
  readonly copyable?: string;
}

export function rowOf(node: TreeNode): Row {
  switch (node.kind) {
    case 'machine':
      return { account: node.account, machineId: node.usage.machineId, copyable: node.usage.machineId };
    case 'machineBucket':
      return { account: node.account, machineId: node.usage.machineId, copyable: node.usage.machineId };
    case 'day':
      return { account: node.account, machineId: node.machineId, copyable: node.machineId };
    case 'group':
      return node.groupId === NO_GROUP
        ? { account: node.account, machineId: node.groupId }
        : { account: node.account, machineId: node.groupId, copyable: node.groupId };
    case 'branch':
      return { account: node.account, copyable: node.spend.id };
    case 'topResource':
      return { account: node.account, copyable: node.resource.id };
    case 'meteringBucket':
      return { account: node.account, copyable: node.bucket.id };
    case 'finding':
      return withMachine(node.account, node.finding.machineId);
    case 'restatement':
      return withMachine(node.account, node.restatement.machineId);
    case 'account':
    case 'figures':
    case 'figure':
    case 'monthEnd':
    case 'forecast':
    case 'estimate':
    case 'machines':
    case 'hour':
    case 'shape':
    case 'metering':
    case 'meteringDay':
    case 'unassigned':
    case 'groups':
    case 'quantity':
    case 'category':
    case 'spendDays':
    case 'spendDay':
    case 'spendHour':
    case 'ownCloud':
    case 'topResources':
    case 'sample':
    case 'checks':
    case 'checkSum':
    case 'findings':
    case 'restatements':
    case 'failure':
    case 'empty':
    case 'more':
      return { account: node.account };
  }
}

function withMachine(account: Account, machineId: string | undefined): Row {
  return machineId === undefined ? { account } : { account, machineId, copyable: machineId };
}
