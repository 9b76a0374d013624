import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { env, window } from 'vscode';
import type { AccountList } from '../../../src/store/accountList';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { createFormats } from '../../../src/usage/format';
import { monthToDate } from '../../../src/usage/time';
import { StatusBar } from '../../../src/views/statusBar/statusBar';
import { StatusMemory } from '../../../src/views/statusBar/statusMemory';
import { mementoOf } from '../../support/memento';
import { NOW, standingsOf } from '../insights/budgets/budgeting';

const HOURS = 3600;
const DECEMBER = Date.UTC(2026, 11, 1, 0, 10);

interface Known {
  readonly usage: AccountUsage | undefined;
  readonly requestsLastHour: number;
}

/** The item of accounts of one vendor, of each of which this is known. */
function statusBarOf(
  ids: readonly string[],
  known: (id: string) => Known,
  now = NOW,
  { memory = new StatusMemory(mementoOf()), isReady = true } = {},
): StatusBar {
  const all = ids.map((id): Account => ({ id, provider: 'dedalus', label: id }));
  const store = { onDidChange: () => ({ dispose: () => {} }), known };
  return new StatusBar({
    accounts: { all, isReady, onDidChange: store.onDidChange } as unknown as AccountList,
    store: store as unknown as UsageStore,
    standings: standingsOf([], {}),
    formats: createFormats('en-US'),
    now: () => now,
    ...{ memory, restored: memory.show(now) },
  });
}

/** What the item shows of two accounts of one vendor. */
function shown(usages: Readonly<Record<string, AccountUsage>>): StatusBar['shown'] {
  return statusBarOf(['a', 'b'], (id) => ({ usage: usages[id], requestsLastHour: 0 })).shown;
}

const billed = (hours: number, at = NOW): AccountUsage => ({
  ...emptyUsage(monthToDate(at)),
  summary: { value: { billed: { awake_seconds: hours * HOURS }, levels: {} }, asOf: at },
});

/** Counts how often a tooltip is given to the item that VS Code makes next. */
function countTooltips(): () => number {
  let count = 0;
  let tooltip: unknown;
  const item = Object.defineProperty({ show: () => {}, dispose: () => {} }, 'tooltip', {
    get: () => tooltip,
    set: (value: unknown) => {
      tooltip = value;
      count += 1;
    },
  });
  mock.method(window, 'createStatusBarItem', () => item, { times: 1 });
  return () => count;
}

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

test('the tooltip under the mouse is built anew for another figure only, not for another request', () => {
  const count = countTooltips();
  const known = { usage: billed(5), requestsLastHour: 0 };
  const statusBar = statusBarOf(['a'], () => known);
  for (let refresh = 0; refresh < 10; refresh += 1) {
    known.requestsLastHour += 1;
    known.usage = billed(5);
    statusBar.update();
  }
  assert.equal(count(), 1);
  assert.doesNotMatch(statusBar.shown?.tooltip ?? '', /request/u);
  known.usage = billed(6);
  statusBar.update();
  assert.equal(count(), 2);
  assert.deepEqual(sumRow(statusBar.shown?.tooltip ?? ''), ['21,600 s', '6 h']);
});

test('the first zero of a month is explained, and a figure is not', () => {
  const tooltipOf = (usage: AccountUsage): string => {
    const statusBar = statusBarOf(['a'], () => ({ usage, requestsLastHour: 0 }), DECEMBER);
    return (statusBar.shown?.tooltip ?? '').replaceAll('\\', '');
  };
  const nothingYet = /Nothing is billed in December 2026 yet\. Usage is billed once its bucket has closed\./u;
  assert.match(tooltipOf(billed(0, DECEMBER)), nothingYet);
  assert.doesNotMatch(tooltipOf(billed(1, DECEMBER)), /Nothing is billed/u);
  assert.doesNotMatch(tooltipOf(billed(0)), /Nothing is billed/u, 'last month is over');
});

/** What a window shows at its start, and what it remembers, after one that knew `before` of its accounts. */
function nextWindow(before: Readonly<Record<string, AccountUsage>>): {
  start: (ids: readonly string[], known: Readonly<Record<string, AccountUsage>>, at?: number) => StatusBar;
  starts: () => StatusBar;
} {
  const memory = new StatusMemory(mementoOf());
  const start = (
    ids: readonly string[],
    known: Readonly<Record<string, AccountUsage>>,
    at = NOW,
    isReady = true,
  ): StatusBar =>
    statusBarOf(ids, (id) => ({ usage: known[id], requestsLastHour: 0 }), at, { memory, isReady });
  start(Object.keys(before), before);
  return { start, starts: () => start([], {}, NOW, false) };
}

test('a start shows the figure of before until there is a newer one of the same accounts', () => {
  const { start, starts } = nextWindow({ a: billed(2103) });
  const { shown: atOnce } = starts();
  assert.match(atOnce?.text ?? '', /7\.57M s billed$/);
  assert.match(atOnce?.tooltip ?? '', /As of /);
  assert.equal(start(['a'], {}).shown?.text, atOnce?.text, 'its account is not read yet');
  assert.match(start(['a'], { a: billed(1000) }).shown?.text ?? '', /3\.6M s billed$/);
  assert.match(starts().shown?.text ?? '', /3\.6M s billed$/, 'which is remembered');
});

test('a figure of before goes with its account', () => {
  const { start, starts } = nextWindow({ a: billed(2103) });
  assert.match(start(['b'], {}).shown?.text ?? '', /–$/);
  assert.equal(starts().shown, undefined, 'nor is it there at the next start');
});

test('without an account nothing is shown, and nothing remembered', () => {
  const { start, starts } = nextWindow({ a: billed(2103) });
  assert.equal(start([], {}).shown, undefined);
  assert.equal(starts().shown, undefined);
});

test('a figure of another month, or in another language, is not shown again', () => {
  const { start } = nextWindow({ a: billed(2103) });
  assert.match(start(['a'], {}, DECEMBER).shown?.text ?? '', /–$/);
  const other = nextWindow({ a: billed(2103) });
  mock.property(env, 'language', 'de');
  try {
    assert.equal(other.starts().shown, undefined);
  } finally {
    mock.reset();
  }
});
