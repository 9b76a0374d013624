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
    ...itemTimes(items, started, before),
    statusBar: statusBar - activated,
    tree: tree - activated,
    machines,
  };
}

/** Without a digit, it is no figure. */
function itemTimes(
  { called, first }: Items,
  started: number,
  text = '',
): Pick<FirstPaint, 'item' | 'itemAndLoading'> {
  return /\d/.test(text) && called !== undefined && first !== undefined
    ? { item: first - called, itemAndLoading: first - started }
    : { item: null, itemAndLoading: null };
}

interface Items {
  /** When the extension's `activate` had begun: it asks for the time first. */
  readonly called: number | undefined;
  /** When VS Code got the first item from it; VS Code then sends it on in a timer of its own. */
  readonly first: number | undefined;
  stop(): void;
}

function watchItems(): Items {
  const [startTimer, tellTime] = [globalThis.setTimeout, Date.now];
  const found: { called?: number; first?: number } = {};
  const isOurs = (): boolean => new Error().stack?.includes('dist/extension.mjs') === true;
  const note = (what: keyof typeof found): void => {
    if (found[what] === undefined && isOurs()) {
      found[what] = performance.now();
    }
  };
  const watching = (...args: Parameters<typeof setTimeout>): NodeJS.Timeout => {
    note('first');
    return startTimer(...args);
  };
  globalThis.setTimeout = Object.assign(watching, startTimer);
  Date.now = () => {
    note('called');
    return tellTime();
  };
  return {
    get called() {
      return found.called;
    },
    get first() {
      return found.first;
    },
    stop: () => {
      globalThis.setTimeout = startTimer;
      Date.now = tellTime;
    },
  };
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
