import assert from 'node:assert/strict';
import test from 'node:test';
import type { AccountsOverview } from '../../../src/protocol/overview';
import { isOverview } from '../../../webview/dashboard/overview/overviewMessage';

const OVERVIEW: AccountsOverview = {
  rows: [
    {
      accountId: 'a',
      figure: { text: '126 h billed', detail: 'x' },
      days: { text: 'Highest: 24 h', bars: { values: Float64Array.of(1, NaN, 0), begun: 2, openFrom: 1 } },
      monthEnd: { text: 'unknown' },
      budget: { text: 'No budget', tone: 'neutral' },
      state: {
        text: 'not allowed',
        tone: 'trouble',
        detail: 'x',
        action: { label: 'Update Key', intent: 'updateKey' },
      },
    },
  ],
  totals: [{ label: 'Total: Awake time', figure: { text: '126 h billed' }, accounts: 'Accounts: 1 of 1' }],
  notes: ['x'],
};

test('an overview crosses as it is', () => {
  assert.ok(isOverview(structuredClone(OVERVIEW)));
});

test('an overview that could not be drawn is refused', () => {
  const [row] = OVERVIEW.rows;
  const withRow = (part: object): unknown => ({ ...OVERVIEW, rows: [{ ...row, ...part }] });
  const withBars = (part: object): unknown =>
    withRow({ days: { text: 'x', bars: { ...row?.days.bars, ...part } } });
  const broken: unknown[] = [
    undefined,
    {},
    { ...OVERVIEW, notes: [7] },
    { ...OVERVIEW, rows: [row, row] },
    { ...OVERVIEW, totals: [{ label: 'x', figure: {}, accounts: 'x' }] },
    withRow({ accountId: 7 }),
    withRow({ figure: undefined }),
    withRow({ budget: { text: 'x' } }),
    withRow({ budget: { text: 'x', tone: 'loud' } }),
    withRow({ days: undefined }),
    withRow({ state: { text: 'x' } }),
    withRow({ state: { text: 'x', tone: 'good', action: { label: 'x', intent: 'removeAccount' } } }),
    withBars({ values: [1, 2, 3] }),
    withBars({ begun: 4 }),
    withBars({ openFrom: 3 }),
  ];
  for (const overview of broken) {
    assert.equal(isOverview(overview), false, JSON.stringify(overview));
  }
});
