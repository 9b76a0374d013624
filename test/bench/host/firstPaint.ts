import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../../../src/contributions';
import type { Inside } from '../../integration/extension';
import type { FirstPaint } from '../results';
import { writeResult } from './result';

/** By then VS Code has written what the next window begins with; it does not tell. */
const KEEPS_AFTER_MS = 2_000;

/**
 * Run inside the extension host, before anything else has activated the extension: how long after its activation VS Code has
 * an item for the status bar, the status bar a figure that was read now, and the tree all of its machines. Milliseconds.
 */
export async function run(): Promise<void> {
  writeResult(await firstPaint());
}

async function firstPaint(): Promise<FirstPaint> {
  const extension = vscode.extensions.getExtension<Inside>(EXTENSION_ID);
  if (extension === undefined || extension.isActive) {
    throw new Error('the extension is not there, or it was active before');
  }
  const items = watchItems();
  const started = performance.now();
  const inside = await extension.activate();
  const activated = performance.now();
  const before = inside.statusBar.shown?.text;
  await read(inside);
  const statusBar = performance.now();
  const machines = await drawTree(inside);
  const tree = performance.now();
  items.stop();
  if (!/\d/.test(before ?? '')) {
    await pause(KEEPS_AFTER_MS);
  }
  return {
    activation: activated - started,
    // Without a digit, it is no figure.
    item: /\d/.test(before ?? '') && items.first !== undefined ? items.first - started : null,
    statusBar: statusBar - activated,
    tree: tree - activated,
    machines,
  };
}

/** When VS Code gets the first item from the extension's entry: it then sends it on in a timer of its own. */
function watchItems(): { readonly first: number | undefined; stop(): void } {
  const original = globalThis.setTimeout;
  const found: { first: number | undefined; stop(): void } = {
    first: undefined,
    stop: () => {
      globalThis.setTimeout = original;
    },
  };
  const watching = (...args: Parameters<typeof setTimeout>): NodeJS.Timeout => {
    if (found.first === undefined && new Error().stack?.includes('dist/extension.mjs') === true) {
      found.first = performance.now();
    }
    return original(...args);
  };
  globalThis.setTimeout = Object.assign(watching, original);
  return found;
}

/** Waits until the status bar has a figure of what this window has read. */
function read({ accounts, statusBar, store }: Inside): Promise<void> {
  const has = (): boolean =>
    accounts.all.some(({ id }) => store.known(id)?.readAt !== undefined) &&
    /\d/.test(statusBar.shown?.text ?? '');
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
