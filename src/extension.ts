import * as vscode from 'vscode';
import type { Assembly, Registered } from './assembly';
import { COMMANDS, DASHBOARD, INTERNAL_COMMANDS, VIEW } from './contributions';
import { connectTexts } from './platform/l10n';
import { once } from './usage/once';
import { StatusMemory } from './views/statusBar/statusMemory';
import { LateTree } from './views/tree/lateTree';

/** By then VS Code has started its other extensions, which ours would hold up. Milliseconds. */
const LOADS_AFTER_MS = 300;

let close = (): Promise<void> => Promise.resolve();

/** Runs when the window closes, before subscriptions are disposed of, so that other windows need not wait for this one. */
export function deactivate(): Promise<void> {
  return close();
}

/**
 * Registers what VS Code may ask for. The rest is loaded when it does, or else a moment later, since each window waits for this
 * at its start.
 */
export function activate(context: vscode.ExtensionContext): Promise<object> | undefined {
  connectTexts(vscode.l10n);
  const memory = new StatusMemory(context.globalState);
  const restored = memory.show(Date.now());
  const tree = new LateTree(async () => (await assembly()).tree);
  const view = vscode.window.createTreeView(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  const assembly = once(() => {
    const assembled = load(context, { view, memory, restored }, tree);
    close = async () => (await assembled).close();
    return assembled;
  });
  context.subscriptions.push(
    ...[tree, view, ...(restored === undefined ? [] : [restored.item])],
    vscode.window.registerWebviewPanelSerializer(DASHBOARD, {
      deserializeWebviewPanel: async (panel, state: unknown) =>
        (await assembly()).dashboard.restore(panel, state),
    }),
    ...[...Object.values(COMMANDS), ...Object.values(INTERNAL_COMMANDS)].map((id) =>
      vscode.commands.registerCommand(id, async (argument?: unknown) => (await assembly()).run(id, argument)),
    ),
  );
  if (context.extensionMode === vscode.ExtensionMode.Test) {
    return assembly().then(({ inside }) => inside);
  }
  const start = setTimeout(() => void assembly(), LOADS_AFTER_MS);
  context.subscriptions.push({
    dispose: () => {
      clearTimeout(start);
    },
  });
  return undefined;
}

async function load(
  context: vscode.ExtensionContext,
  registered: Registered,
  tree: LateTree,
): Promise<Assembly> {
  const { assemble } = await import('./assembly');
  const assembled = assemble(context, registered);
  tree.follow(assembled.tree);
  return assembled;
}
