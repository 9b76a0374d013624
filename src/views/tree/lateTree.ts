import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { TreeNode } from './nodes';
import type { UsageTree } from './usageTree';

/** Stands for the tree until its code is loaded. */
export class LateTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #load: () => Promise<UsageTree>;
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  #following: { readonly tree: UsageTree; readonly subscription: Disposable } | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => Promise<UsageTree>) {
    this.#load = load;
  }

  /** Hands on what VS Code asks from now on. */
  follow(tree: UsageTree): void {
    const subscription = tree.onDidChangeTreeData((node) => {
      this.#changed.fire(node);
    });
    this.#following = { tree, subscription };
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const tree = this.#following?.tree ?? (await this.#load());
    return (await tree.getChildren(node)) ?? [];
  }

  getTreeItem(node: TreeNode): TreeItem {
    return this.#tree.getTreeItem(node);
  }

  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    return this.#tree.resolveTreeItem(item, node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#tree.getParent(node);
  }

  dispose(): void {
    this.#following?.subscription.dispose();
    this.#changed.dispose();
  }

  /** VS Code asks for a row only after the tree has given it. */
  get #tree(): UsageTree {
    if (this.#following === undefined) {
      throw new Error('The tree has given no row yet');
    }
    return this.#following.tree;
  }
}
