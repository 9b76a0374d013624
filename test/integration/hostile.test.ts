import assert from 'node:assert/strict';
import { MarkdownString } from 'vscode';
import type { Account } from '../../src/usage/account';
import type { TreeNode } from '../../src/views/tree/nodes';
import { handWrittenFleet } from '../simulator/dedalus/handWrittenFleet';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addAccount } from './account';
import { ExtensionClock } from './clock';
import { extension, type Inside, rowOfKind, rowsBelow } from './extension';

const IDS = [
  '[click me](command:workbench.action.closeWindow)',
  '<img src=x onerror=alert(1)>',
  '$(trash) **bold** `code` | cell |',
  'line one\nline two\u0000\u001b[31m',
  '\u202edetrever\u202c',
  'x'.repeat(4000),
  'constructor',
  '__proto__',
  '../../etc/passwd',
];

suite('names from a vendor stay text', () => {
  const account: Account = { id: 'hostile', provider: 'dedalus', label: '[a](command:b) <i>' };
  let inside: Inside;
  let simulator: Simulator;
  let removeAccount: () => Promise<void>;
  let clock: ExtensionClock;
  let machines: TreeNode[];

  suiteSetup(async () => {
    inside = await extension();
    clock = new ExtensionClock(inside, NOW);
    const hour = '2026-11-18T09:00:00Z';
    simulator = await startSimulator({
      now: clock.now,
      fleet: handWrittenFleet(IDS.map((id) => ({ id, compute: [{ hour, awakeSeconds: 1 }] }))),
    });
    removeAccount = await addAccount(inside, account, simulator);
    await inside.store.of(account).refresh();
    const own = (await rowsBelow(inside)).find(({ node }) => node.id === account.id);
    assert.ok(own);
    const row = await rowOfKind(inside, 'machines', own.node);
    machines = (await rowsBelow(inside, row.node)).map(({ node }) => node);
  });

  suiteTeardown(async () => {
    await removeAccount();
    await simulator.close();
    clock.restore();
  });

  test('every machine has a row of its own, of one short line', () => {
    assert.equal(machines.length, IDS.length);
    assert.equal(new Set(machines.map(({ id }) => id)).size, IDS.length);
    for (const node of machines) {
      const { label } = inside.tree.getTreeItem(node);
      assert.ok(typeof label === 'string');
      assert.ok(label.length > 0 && label.length <= 120);
      assert.doesNotMatch(label, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
  });

  test('tooltips hold no link, no command, no HTML and no icon', () => {
    for (const node of machines) {
      const { tooltip } = inside.tree.resolveTreeItem(inside.tree.getTreeItem(node), node);
      assert.ok(tooltip instanceof MarkdownString);
      assert.ok(
        tooltip.isTrusted !== true && tooltip.supportHtml !== true && tooltip.supportThemeIcons !== true,
      );
      assert.doesNotMatch(tooltip.value, /(?<!\\)\]\(|(?<!\\)<|(?<!\\)`/);
    }
  });

  test('the id that is copied is the vendor’s own, to the last character', () => {
    const copied = machines.map((node) => inside.tree.rowOf(node)?.copyable);
    assert.deepEqual([...copied].sort(), [...IDS].sort());
  });
});
