import { MarkdownString, type TreeItem } from 'vscode';
import { l10n } from '../../platform/l10n';
import type { Account } from '../../usage/account';
import { Tooltip } from '../tooltip';
import { accountKinds } from './account/kinds';
import { checkKinds } from './checks/kinds';
import type { TreeContext } from './context';
import { estimateKinds } from './estimate/kinds';
import { forecastKinds } from './forecast/kinds';
import { groupKinds } from './groups/kinds';
import { machineKinds } from './machines/kinds';
import { meteringKinds } from './metering/kinds';
import { monthKinds } from './month/kinds';
import { levelOf } from './node';
import type { NodeKind, NodeKinds, Subject } from './nodeKind';
import type { TreeNode } from './nodes';
import { placeholderKinds } from './placeholders/kinds';
import type { ItemContext } from './row';
import { fit } from './rowRoom';
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

/** A row as VS Code draws it; its tooltip is made on hover. */
export function treeItem(node: TreeNode, context: ItemContext): TreeItem {
  const item = kindOf(node).item(node, context);
  item.id = node.id;
  delete item.tooltip;
  fit(item, levelOf(node));
  return item;
}

/** The tooltip of a row as of now: it says so while figures are being loaded. */
export function tooltipOf(node: TreeNode, context: ItemContext): MarkdownString {
  const kind = kindOf(node);
  const item = kind.item(node, context);
  const made = kind.tooltip?.(node, context) ?? item.tooltip;
  const tooltip = made instanceof MarkdownString ? made : new Tooltip(item.label as string).toMarkdown();
  if (context.store.known(node.account.id)?.refreshing !== undefined) {
    tooltip.value += `\n\n${l10n.t('Usage is being loaded…')}`;
  }
  return tooltip;
}

/** The row above a row, as far as VS Code needs it to reveal a machine or a group. */
export function parentOf(node: TreeNode): TreeNode | undefined {
  return kindOf(node).parent?.(node);
}

export function rowOf(node: TreeNode): Row {
  return { account: node.account, ...kindOf(node).subject?.(node) };
}
