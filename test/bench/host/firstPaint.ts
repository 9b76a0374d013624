import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../../../src/contributions';
import type { Inside } from '../../integration/extension';
import type { FirstPaint } from '../results';
import { writeResult } from './result';

/**
 * Run inside the extension host, before anything else has activated the extension: how long after its activation the
 * status bar has a figure, and the tree all of its machines. Milliseconds.
 */
export async function run(): Promise<void> {
  writeResult(await firstPaint());
}

async function firstPaint(): Promise<FirstPaint> {
  const extension = vscode.extensions.getExtension<Inside>(EXTENSION_ID);
  if (extension === undefined || extension.isActive) {
    throw new Error('the extension is not there, or it was active before');
  }
  const started = performance.now();
  const inside = await extension.activate();
  const activated = performance.now();
  await shown(inside);
  const statusBar = performance.now();
  const machines = await drawTree(inside);
  const tree = performance.now();
  return {
    activation: activated - started,
    statusBar: statusBar - activated,
    tree: tree - activated,
    machines,
  };
}

/** Waits until the status bar has a figure. */
function shown({ statusBar, store }: Inside): Promise<void> {
  const has = (): boolean => /\d/.test(statusBar.shown?.text ?? '');
  return new Promise((resolve) => {
    const listening = store.onDidChange(look);
    function look(): void {
      if (has()) {
        listening.dispose();
        resolve();
      }
    }
    look();
  });
}

/** Makes every row that VS Code asks for when account and machines are open; gives how many machines there are. */
async function drawTree({ tree }: Inside): Promise<number> {
  let machines = 0;
  for (const account of (await tree.getChildren()) ?? []) {
    for (const row of (await tree.getChildren(account)) ?? []) {
      tree.getTreeItem(row);
      if (row.kind === 'machines') {
        const rows = (await tree.getChildren(row)) ?? [];
        machines += rows.map((machine) => tree.getTreeItem(machine)).length;
      }
    }
  }
  return machines;
}
