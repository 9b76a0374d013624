import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import { env, type MarkdownString, TreeItem } from 'vscode';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { UsageStore } from '../../../src/store/usageStore';
import { monthToDate } from '../../../src/usage/time';
import { AccountRowMemory } from '../../../src/views/tree/account/rowMemory';
import { mementoOf } from '../../support/memento';
import { NOW } from '../insights/budgets/budgeting';

interface Known {
  readonly usage: AccountUsage;
  readonly isRestored: boolean;
  readonly state: { readonly keptAs: string };
}

const READ: AccountUsage = {
  ...emptyUsage(monthToDate(NOW)),
  summary: { value: { billed: { awake_seconds: 3600 }, levels: {} }, asOf: NOW },
};
const known = (usage: AccountUsage, more: Partial<Known> = {}): Known => ({
  ...{ usage, isRestored: true, state: { keptAs: 'work of the first organisation' } },
  ...more,
});
const UNREAD = known(emptyUsage(monthToDate(NOW)), { isRestored: false });

/** Draws the row of an account of which this is known, in a window that VS Code gives this to. */
function draw(memento: ReturnType<typeof mementoOf>, of: Known | undefined, now = NOW): TreeItem {
  const store = { known: () => of } as unknown as UsageStore;
  const item = new TreeItem('Work');
  if (of?.usage.summary.asOf !== undefined && of.usage.summary.failure === undefined) {
    item.description = '1 h of 2 h';
    item.accessibilityInformation = { label: 'Work · 1 h of 2 h' };
  }
  const rows = new AccountRowMemory({ memento, store, now: () => now });
  rows.complete('work', item, () => 'As of noon');
  const tooltip = rows.tooltip('work');
  if (tooltip !== undefined) item.tooltip = tooltip;
  return item;
}

const figureOf = ({ description }: TreeItem): unknown => description;

test('a start shows the row of an account as it was, until the database has been asked', () => {
  const memento = mementoOf();
  draw(memento, known(READ));
  for (const before of [undefined, UNREAD]) {
    const { description, accessibilityInformation, tooltip } = draw(memento, before);
    assert.equal(description, '1 h of 2 h');
    assert.equal(accessibilityInformation?.label, 'Work · 1 h of 2 h');
    assert.equal((tooltip as MarkdownString).value, 'As of noon', 'it says as of when it is');
  }
  assert.equal(figureOf(draw(memento, known(UNREAD.usage))), undefined, 'the database has nothing');
});

test('a row of another month, language or organisation is not shown', () => {
  const memento = mementoOf();
  draw(memento, known(READ));
  assert.equal(figureOf(draw(memento, UNREAD, Date.UTC(2026, 11, 1))), undefined);
  const other = { isRestored: false, state: { keptAs: 'work of another organisation' } };
  assert.equal(figureOf(draw(memento, known(UNREAD.usage, other))), undefined);
  const { language } = env;
  try {
    Object.defineProperty(env, 'language', { value: 'de', configurable: true });
    assert.equal(figureOf(draw(memento, UNREAD)), undefined);
  } finally {
    Object.defineProperty(env, 'language', { value: language, configurable: true });
  }
  assert.equal(figureOf(draw(memento, UNREAD)), '1 h of 2 h');
});

test('a failure is not kept, and leaves the last figure as it was', () => {
  const memento = mementoOf();
  draw(memento, known(READ));
  draw(memento, known({ ...READ, summary: { ...READ.summary, failure: { kind: 'cancelled' } } }));
  assert.equal(figureOf(draw(memento, UNREAD)), '1 h of 2 h');
});

test('the row of an account that is gone is forgotten, and what else is kept there does no harm', () => {
  const memento = mementoOf();
  draw(memento, known(READ));
  const store = { known: () => undefined } as unknown as UsageStore;
  new AccountRowMemory({ memento, store, now: () => NOW }).retain(['other']);
  assert.equal(figureOf(draw(memento, UNREAD)), undefined);
  for (const damaged of ['text', 7, { work: 'text' }, { work: { figure: 1 } }]) {
    void memento.update('usageExplorer.accountRows', damaged);
    assert.equal(figureOf(draw(memento, UNREAD)), undefined);
  }
});
