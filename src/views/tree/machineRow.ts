import type { Account } from '../../usage/account';
import type { TreeContext } from './context';
import { groupRows } from './groups/children';
import { groupsNode } from './groups/nodes';
import { machineRows } from './machines/children';
import { machinesNode } from './machines/nodes';
import { rowOf } from './nodeKinds';
import type { TreeNode } from './nodes';

/** A machine's or group's row and its place in the list, maybe beyond the rows shown; undefined if filtered out. */
export function machineRow(
  account: Account,
  subjectId: string,
  context: TreeContext,
): { readonly row: TreeNode; readonly place: number } | undefined {
  const everything = { ...context, machineLimit: () => Number.POSITIVE_INFINITY };
  const rows = [
    ...machineRows(machinesNode(account), everything),
    ...groupRows(groupsNode(account), everything),
  ];
  const place = rows.findIndex((row) => rowOf(row).subjectId === subjectId);
  const row = rows[place];
  return row === undefined ? undefined : { row, place };
}
