import { type MarkdownString, type TreeItem } from 'vscode';
import type { Account } from '../../usage/account';
import { accountKinds } from './account/kinds';
import { checkKinds } from './checks/kinds';
import type { TreeContext } from './context';
import { estimateKinds } from './estimate/kinds';
import { forecastKinds } from './forecast/kinds';
import { groupKinds } from './groups/kinds';
import { machineKinds } from './machines/kinds';
import { meteringKinds } from './metering/kinds';
import { monthKinds } from './month/kinds';
import type { NodeKind, NodeKinds, Subject } from './nodeKind';
import type { TreeNode } from './nodes';
import { placeholderKinds } from './placeholders/kinds';
import type { ItemContext } from './row';
import { spendKinds } from './spend/kinds';
import { topResourceKinds } from './topResources/kinds';

/** What commands need to know about a row. */
export interface Row extends Subject {
  readonly account: Account;
}

/** Every kind of row: a question registers its own here. */
const NODE_KINDS: NodeKinds<TreeNode> = {
  ...accountKinds,
  ...monthKinds,
  ...forecastKinds,
  ...estimateKinds,
  ...machineKinds,
  ...meteringKinds,
  ...groupKinds,
  ...spendKinds,
  ...topResourceKinds,
  ...checkKinds,
  ...placeholderKinds,
};

function kindOf<N extends TreeNode>({ kind }: N): NodeKind<N> {
  return NODE_KINDS[kind] as unknown as NodeKind<N>;
}

/** The rows below a row. Rows that need a request come as a promise; it never rejects. */
export function childrenOf(node: TreeNode, context: TreeContext): TreeNode[] | Promise<TreeNode[]> {
  return kindOf(node).children?.(node, context) ?? [];
}

/** A row as VS Code draws it. */
export function treeItem(node: TreeNode, context: ItemContext): TreeItem {
  const item = kindOf(node).item(node, context);
  item.id = node.id;
  return item;
}

/** The tooltip of a row, made on hover, if its item does not have it already. */
export function tooltipOf(node: TreeNode, context: ItemContext): MarkdownString | undefined {
  return kindOf(node).tooltip?.(node, context);
}

/** The row above a row, as far as VS Code needs it to reveal a machine or a group. */
export function parentOf(node: TreeNode): TreeNode | undefined {
  return kindOf(node).parent?.(node);
}

export function rowOf(node: TreeNode): Row {
  return { account: node.account, ...kindOf(node).subject?.(node) };
}
