import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../../src/contributions';
import type { UsageChecks } from '../../src/insights/checks/usageChecks';
import type { Keychain } from '../../src/platform/keychain';
import type { AccountList } from '../../src/store/accountList';
import type { DatabaseCache } from '../../src/store/databaseCache';
import type { UsageStore } from '../../src/store/usageStore';
import type { DashboardSlot } from '../../src/views/dashboard/dashboardSlot';
import type { StatusBar } from '../../src/views/statusBar/statusBar';
import type { TreeNode } from '../../src/views/tree/nodes';
import type { UsageTree } from '../../src/views/tree/usageTree';

/** What the extension shows to tests, and to nobody else. */
export interface Inside {
  /** From which everything takes the time; tests move it. */
  readonly clock: { now: () => number };
  readonly accounts: AccountList;
  readonly keychain: Keychain;
  readonly store: UsageStore;
  readonly checks: UsageChecks;
  readonly databaseCache: DatabaseCache;
  readonly tree: UsageTree;
  readonly statusBar: StatusBar;
  readonly dashboard: DashboardSlot;
}

/** The extension, activated, with no dashboard open: an open one reads what it shows again and again. */
export async function extension(): Promise<Inside> {
  const found = vscode.extensions.getExtension<Inside>(EXTENSION_ID);
  assert.ok(found, `${EXTENSION_ID} is not among the installed extensions`);
  const inside = await found.activate();
  await closeEditors();
  return inside;
}

/** Closes what an earlier test left open. */
export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** A row of the tree as a person sees it. */
export interface SeenRow {
  readonly node: TreeNode;
  /** In full, also where the row has room for a part of it. */
  readonly label: string;
  /** The figure. */
  readonly description: string;
  /** What a screen reader says after label and figure. */
  readonly also: string;
  /** The tooltip's Markdown with its escapes taken out. */
  readonly tooltip: string;
}

export async function rowsBelow({ tree }: Inside, node?: TreeNode): Promise<SeenRow[]> {
  const children = (await tree.getChildren(node)) ?? [];
  return children.map((child) => {
    const item = tree.resolveTreeItem(tree.getTreeItem(child), child);
    const { label, description = '', tooltip } = item;
    const spoken = item.accessibilityInformation?.label ?? (typeof label === 'string' ? label : '');
    const figure = ` · ${String(description)}`;
    const [name = '', ...also] = spoken.split(figure);
    return {
      node: child,
      label: name,
      description: String(description),
      also: also.join(figure).replace(/^ · /, ''),
      tooltip: unescape(tooltip),
    };
  });
}

/** The rows below a day, hours that are folded into one row each by itself. */
export async function hoursBelow(inside: Inside, day: TreeNode): Promise<SeenRow[]> {
  const hours: SeenRow[] = [];
  for (const row of await rowsBelow(inside, day)) {
    hours.push(...(row.node.kind === 'hours' ? await rowsBelow(inside, row.node) : [row]));
  }
  return hours;
}

export async function rowOfKind(inside: Inside, kind: TreeNode['kind'], node?: TreeNode): Promise<SeenRow> {
  const found = (await rowsBelow(inside, node)).find((row) => row.node.kind === kind);
  assert.ok(found, `there is no row of kind ${kind}`);
  return found;
}

/** The exact whole numbers in front of a unit, in the order of the text: `5,612,345 s` → 5612345n. */
export function exactFigures(text: string, unit: string): bigint[] {
  const pattern = new RegExp(`\\| (−?[\\d,]+) ${unit} \\|`, 'g');
  return [...text.matchAll(pattern)].map(([, digits = '']) =>
    BigInt(digits.replaceAll(',', '').replace('−', '-')),
  );
}

export function unescape(tooltip: vscode.TreeItem['tooltip']): string {
  const text = tooltip instanceof vscode.MarkdownString ? tooltip.value : (tooltip ?? '');
  return text.replaceAll('&emsp;', '').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
