import { type MarkdownString, type TreeItem } from 'vscode';
import type { TreeContext } from './context';
import type { RowNode } from './node';
import type { TreeNode } from './nodes';
import type { ItemContext } from './row';

/** All that the tree needs for a kind of row. `N` is the node type of such rows. */
export interface NodeKind<N extends RowNode> {
  readonly item: (node: N, context: ItemContext) => TreeItem;
  /** Made on hover, if `item` makes none. */
  readonly tooltip?: (node: N, context: ItemContext) => MarkdownString;
  /** The rows below; absent if none. Rows that need a request come as a promise, which never rejects. */
  readonly children?: (node: N, context: TreeContext) => TreeNode[] | Promise<TreeNode[]>;
  /** The row above, for rows that can be revealed and their parents. */
  readonly parent?: (node: N) => TreeNode;
  /** What commands act on, besides the account. */
  readonly subject?: (node: N) => Subject;
}

export interface Subject {
  readonly subjectId?: string;
  /** The vendor's id behind the row, when it has one. */
  readonly copyable?: string;
}

/** The kinds of rows of one question, by their names. */
export type NodeKinds<N extends TreeNode> = {
  readonly [K in N['kind']]: NodeKind<Extract<N, { readonly kind: K }>>;
};

/** The subject of a row about a machine; none where it is about all of them. */
export function idOf(subjectId: string | undefined): Subject {
  return subjectId === undefined ? {} : { subjectId, copyable: subjectId };
}
