import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { Refresher } from '../../../src/store/refresher';
import { UsageStore } from '../../../src/store/usageStore';
import { MINUTE } from '../../../src/usage/time';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

/** A refresher on a clock that the test moves. */
async function withRefresher(
  run: (at: {
    source: FakeSource;
    look: () => Promise<void>;
    watched: { now: boolean };
    pass: (minutes: number) => Promise<void>;
    rounds: () => number;
  }) => Promise<void>,
): Promise<void> {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 20, 12) });
  const source = new FakeSource();
  const store = new UsageStore({ open: () => Promise.resolve(source), now: Date.now, log: silentLog });
  const watched = { now: true };
  const refresher = new Refresher({
    store,
    accounts: () => [ACCOUNT],
    intervalMs: () => 15 * MINUTE,
    isWatched: () => watched.now,
    now: Date.now,
  });
  try {
    await run({
      source,
      watched,
      look: async () => {
        refresher.update();
        await store.refreshing(ACCOUNT.id);
      },
      pass: async (minutes) => {
        for (let minute = 0; minute < minutes; minute += 1) {
          mock.timers.tick(MINUTE);
          await store.refreshing(ACCOUNT.id);
        }
      },
      rounds: () => source.asked.filter((name) => name === 'summary').length,
    });
  } finally {
    refresher.dispose();
    mock.timers.reset();
  }
}

test('what is on screen is read once an interval', async () => {
  await withRefresher(async ({ look, pass, rounds }) => {
    await look();
    await pass(60);
    assert.equal(rounds(), 5);
  });
});

test('nothing is read while nothing is on screen, and at once when something old comes back', async () => {
  await withRefresher(async ({ look, watched, pass, rounds }) => {
    await look();
    await pass(1);
    watched.now = false;
    await look();
    await pass(59);
    assert.equal(rounds(), 1);
    watched.now = true;
    await look();
    await pass(1);
    assert.equal(rounds(), 2);
  });
});

test('looking away and back does not read what is fresh', async () => {
  await withRefresher(async ({ look, pass, rounds }) => {
    await look();
    await pass(1);
    for (let times = 0; times < 50; times += 1) {
      await look();
    }
    await pass(1);
    assert.equal(rounds(), 1);
  });
});
