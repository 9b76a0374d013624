import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Budget } from '../../../../src/insights/budgets/budget';
import { type BudgetNews, BudgetWatch } from '../../../../src/insights/budgets/budgetWatch';
import type { AccountUsage } from '../../../../src/store/accountUsage';
import type { DatabaseCache } from '../../../../src/store/databaseCache';
import { DAY } from '../../../../src/usage/time';
import { runs } from '../../../support/runs';
import { ACCOUNT, noDatabaseCache } from '../../store/fakeSource';
import { budget, NOW, standingsOf, steadyHistory, usageOf } from './budgeting';

interface Window {
  readonly watch: BudgetWatch;
  readonly told: BudgetNews[];
  usage: AccountUsage;
  isSeen: boolean;
}

const clock = { now: NOW };

/** A window that knows what it is given; several share one, as windows share a database. */
function openWindow(budgets: readonly Budget[], databaseCache: DatabaseCache, isSteady = false): Window {
  const dayCache = steadyHistory(9);
  const standings = standingsOf(budgets, {
    usage: () => window.usage,
    dayCache: () => (isSteady ? dayCache : undefined),
    now: () => clock.now,
  });
  const told: BudgetNews[] = [];
  const watch = new BudgetWatch({
    ...{ databaseCache, now: () => clock.now },
    standings: (account) => standings.of(account),
    isSeen: () => window.isSeen,
    tell: (news) => told.push(news),
  });
  const window: Window = { watch, told, usage: usageOf(0), isSeen: true };
  clock.now = NOW;
  return window;
}

async function uses(window: Window, hours: number, at = NOW): Promise<void> {
  window.usage = usageOf(hours, {}, at);
  clock.now = at;
  await window.watch.look(ACCOUNT);
}

const thresholdsOf = ({ told }: Window): number[] =>
  told.flatMap(({ passed }) => passed.map(({ threshold }) => threshold));

test('nothing is told before a threshold, and each once after it', async () => {
  const window = openWindow([budget(100)], noDatabaseCache());
  await uses(window, 49.9);
  assert.deepEqual(window.told, []);
  await uses(window, 50);
  await uses(window, 51, NOW + 1);
  assert.deepEqual(thresholdsOf(window), [50]);
  await uses(window, 120, NOW + 2);
  await uses(window, 121, NOW + 3);
  assert.deepEqual(thresholdsOf(window), [50, 100], 'of those passed together only the highest');
});

test('what one window told, another does not; a window that nobody looks at leaves it to the others', async () => {
  const databaseCache = noDatabaseCache();
  const windows = [0, 1, 2].map(() => openWindow([budget(100)], databaseCache));
  const [hidden] = windows;
  assert.ok(hidden);
  hidden.isSeen = false;
  await uses(hidden, 90);
  assert.deepEqual(hidden.told, []);
  await Promise.all(windows.map((window) => uses(window, 90)));
  assert.deepEqual(windows.flatMap(thresholdsOf), [80]);
  hidden.isSeen = true;
  await uses(hidden, 100);
  assert.deepEqual(windows.flatMap(thresholdsOf), [100, 80]);
});

test('use and forecast are told together', async () => {
  const own = budget(200, { on: ['actual', 'forecast'] });
  const window = openWindow([own], noDatabaseCache(), true);
  await uses(window, 110);
  assert.deepEqual(
    window.told.map(({ passed }) => passed),
    [
      [
        { basis: 'actual', threshold: 50 },
        { basis: 'forecast', threshold: 100 },
      ],
    ],
  );
});

test('figures of another month and figures that failed tell nothing', async () => {
  const window = openWindow([budget(1)], noDatabaseCache());
  window.usage = usageOf(9, {}, NOW - 30 * DAY);
  await window.watch.look(ACCOUNT);
  window.usage = usageOf(9, { summary: { failure: { kind: 'cut' } } });
  await window.watch.look(ACCOUNT);
  assert.deepEqual(window.told, []);
  await uses(window, 9);
  assert.deepEqual(thresholdsOf(window), [100]);
});

test('for a day nothing more is told in any window, and then what was passed meanwhile', async () => {
  const databaseCache = noDatabaseCache();
  const windows = [openWindow([budget(100)], databaseCache), openWindow([budget(100)], databaseCache)];
  const [one, two] = windows;
  assert.ok(one && two);
  await uses(one, 50);
  const [news] = one.told;
  assert.ok(news);
  await one.watch.muteUntil(news.standing, 'day');
  await uses(two, 80, NOW + DAY - 1);
  assert.deepEqual(two.told, []);
  await uses(two, 81, NOW + DAY);
  assert.deepEqual(thresholdsOf(two), [80]);
});

test('what is muted for the month tells again in the next one', async () => {
  const window = openWindow([budget(100)], noDatabaseCache());
  await uses(window, 50);
  const [news] = window.told;
  assert.ok(news);
  await window.watch.muteUntil(news.standing, 'month');
  await uses(window, 100, Date.UTC(2026, 10, 30, 23));
  assert.deepEqual(thresholdsOf(window), [50]);
  await uses(window, 55, Date.UTC(2026, 11, 1));
  assert.deepEqual(thresholdsOf(window), [50, 50]);
});

test('a limit that was raised is another budget, and is told of anew', async () => {
  const budgets = [budget(100)];
  const window = openWindow(budgets, noDatabaseCache());
  await uses(window, 100);
  budgets[0] = budget(200);
  await uses(window, 101, NOW + 1);
  assert.deepEqual(thresholdsOf(window), [100, 50]);
});

test('in any order of readings, in any window, each threshold is told at most once and none below its share', async () => {
  const step = fc.record({ window: fc.nat({ max: 1 }), hours: fc.integer({ min: 0, max: 130 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const databaseCache = noDatabaseCache();
      const windows = [openWindow([budget(100)], databaseCache), openWindow([budget(100)], databaseCache)];
      let highest = 0;
      for (const [at, { window, hours }] of steps.entries()) {
        const own = windows[window];
        assert.ok(own);
        const before = own.told.length;
        await uses(own, hours, NOW + at);
        const reached = [50, 80, 100].filter((threshold) => hours >= threshold).at(-1) ?? 0;
        const expected = reached > highest ? [reached] : [];
        assert.deepEqual(
          own.told.slice(before).flatMap(({ passed }) => passed.map(({ threshold }) => threshold)),
          expected,
        );
        highest = Math.max(highest, reached);
      }
    }),
    { numRuns: runs(50) },
  );
});
