import { asOf, mainFailure } from '../../../store/accountUsage';
import { checksRow } from '../checks/children';
import { capabilitiesOf, type TreeContext } from '../context';
import { forecastsRow } from '../forecast/children';
import { groupsNode } from '../groups/nodes';
import { machinesNode } from '../machines/nodes';
import { monthRows } from '../month/children';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { AccountNode } from './nodes';

export function belowAccount(node: AccountNode, context: TreeContext): TreeNode[] {
  const { store } = context;
  const usage = store.known(node.account.id)?.usage;
  const failure = usage === undefined ? undefined : mainFailure(usage);
  if (usage === undefined || asOf(usage) === undefined) {
    return [
      failure === undefined
        ? { ...below(node, 'empty'), kind: 'empty', reason: 'loading' }
        : failureNode(node, failure),
    ];
  }
  return [
    ...monthRows(node, usage, context),
    ...forecastsRow(node, context),
    ...subjectRows(node),
    ...checksRow(node, context),
  ];
}

/** Rows of the vendor's subjects. */
function subjectRows(node: AccountNode): TreeNode[] {
  switch (capabilitiesOf(node).subject) {
    case 'machine':
      return [machinesNode(node.account), { ...below(node, 'metering'), kind: 'metering' }];
    case 'group':
      return [groupsNode(node.account)];
    case 'category':
      return [
        { ...below(node, 'spendDays'), kind: 'spendDays' },
        { ...below(node, 'topResources'), kind: 'topResources' },
      ];
  }
}
