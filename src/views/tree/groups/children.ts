import type { Grouping } from '../../../usage/account';
import { compareMeters, type MeterId } from '../../../usage/meter';
import { capabilitiesOf, type TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import type { GroupNode, GroupsNode } from './nodes';

/** The grouping of an account's usage; undefined if its vendor has no groups. */
export function groupingOf({ account }: Pick<TreeNode, 'account'>): Grouping | undefined {
  return account.grouping ?? capabilitiesOf({ account }).groupings[0];
}

/** In the vendor's order. Groups that were read by another grouping are not shown. */
export function groupRows(node: GroupsNode, { store, machineLimit }: TreeContext): TreeNode[] {
  const groups = store.known(node.account.id)?.usage.summary.value?.groups;
  if (groups === undefined || groups.grouping !== groupingOf(node)) {
    return [{ ...below(node, 'empty'), kind: 'empty', reason: 'loading' }];
  }
  if (groups.groups.length === 0) {
    return [{ ...below(node, 'empty'), kind: 'empty', reason: 'noGroups' }];
  }
  const limit = machineLimit(node.account.id);
  const rows = groups.groups.slice(0, limit).map(({ id, quantities }): GroupNode => {
    return { ...below(node, id), kind: 'group', groupId: id, quantities };
  });
  const hidden = groups.groups.length - rows.length;
  return hidden === 0 ? rows : [...rows, { ...below(node, '…more'), kind: 'more', hidden }];
}

/** Each meter that the vendor has for the group, ordered by `compareMeters`. */
export function quantityRows(node: GroupNode): TreeNode[] {
  const meters = (Object.keys(node.quantities) as MeterId[]).sort(compareMeters);
  return meters.flatMap((meter): TreeNode[] => {
    const amount = node.quantities[meter];
    return amount === undefined ? [] : [{ ...below(node, meter), kind: 'quantity', meter, amount }];
  });
}
