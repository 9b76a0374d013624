import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AccountList } from '../../../src/store/accountList';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { createFormats } from '../../../src/usage/format';
import { monthToDate } from '../../../src/usage/time';
import { StatusBar } from '../../../src/views/statusBar/statusBar';
import { NOW, standingsOf } from '../insights/budgets/budgeting';

const HOURS = 3600;

/** What the item shows of two accounts of one vendor. */
function shown(usages: Readonly<Record<string, AccountUsage>>): StatusBar['shown'] {
  const all = ['a', 'b'].map((id): Account => ({ id, provider: 'dedalus', label: id }));
  const store = {
    onDidChange: () => ({ dispose: () => {} }),
    known: (id: string) => ({ usage: usages[id], requestsLastHour: 0 }),
  };
  return new StatusBar({
    accounts: { all, onDidChange: store.onDidChange } as unknown as AccountList,
    store: store as unknown as UsageStore,
    standings: standingsOf([], {}),
    formats: createFormats('en-US'),
    now: () => NOW,
  }).shown;
}

const billed = (hours: number): AccountUsage => ({
  ...emptyUsage(monthToDate(NOW)),
  summary: { value: { billed: { awake_seconds: hours * HOURS }, levels: {} }, asOf: NOW },
});

/** The row of the sum, as Markdown: what is right of its label. */
function sumRow(tooltip: string): readonly string[] {
  const row = tooltip.split('\n').find((line) => line.startsWith('| Awake time'));
  return (row ?? '')
    .replaceAll('\\', '')
    .replaceAll('&emsp;', '')
    .split(/ *\| */u)
    .slice(2, 4);
}

test('the sum over accounts says that it is at least so much, where one of them is not known', () => {
  assert.deepEqual(sumRow(shown({ a: billed(5), b: billed(2) })?.tooltip ?? ''), ['25,200 s', '7 h']);
  const part = shown({ a: billed(5) });
  assert.match(part?.text ?? '', /≥ /u);
  assert.deepEqual(sumRow(part?.tooltip ?? ''), ['≥ 18,000 s', '≥ 5 h']);
});
