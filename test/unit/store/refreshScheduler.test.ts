import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { RefreshScheduler } from '../../../src/store/refreshScheduler';
import { UsageStore } from '../../../src/store/usageStore';
import type { Failure } from '../../../src/usage/failure';
import { MINUTE } from '../../../src/usage/time';
import { ACCOUNT, FakeSource, noDatabaseCache, silentLog } from './fakeSource';

/** A scheduler on a clock that the test moves. */
async function withScheduler(
  run: (at: {
    source: FakeSource;
    look: () => Promise<void>;
    refreshScheduler: RefreshScheduler;
    watched: { now: boolean };
    /** Timers go on as before. */
    setBack: (minutes: number) => void;
    pass: (minutes: number) => Promise<void>;
    rounds: () => number;
  }) => Promise<void>,
  intervalMs = 15 * MINUTE,
): Promise<void> {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 20, 12) });
  const source = new FakeSource();
  let back = 0;
  const now = (): number => Date.now() - back;
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    open: () => Promise.resolve(source),
    now,
    log: silentLog,
  });
  const watched = { now: true };
  const refreshScheduler = new RefreshScheduler({
    store,
    accounts: () => [ACCOUNT],
    intervalMs: () => intervalMs,
    isWatched: () => watched.now,
    now,
    uptime: Date.now,
  });
  const following = store.onDidChange((id) => {
    if (store.known(id)?.refreshing === undefined) {
      refreshScheduler.update();
    }
  });
  try {
    await run({
      source,
      watched,
      refreshScheduler,
      setBack: (minutes) => {
        back += minutes * MINUTE;
      },
      look: async () => {
        refreshScheduler.update();
        await settled(store);
      },
      pass: async (minutes) => {
        for (let minute = 0; minute < minutes; minute += 1) {
          mock.timers.tick(MINUTE);
          await settled(store);
        }
      },
      rounds: () => source.asked.filter((name) => name === 'summary').length,
    });
  } finally {
    following.dispose();
    refreshScheduler.dispose();
    mock.timers.reset();
  }
}

/** All that follows from what was last done, timers aside, is done. */
async function settled(store: UsageStore): Promise<void> {
  await new Promise(setImmediate);
  await store.known(ACCOUNT.id)?.refreshing;
  await new Promise(setImmediate);
}

test('what is on screen is read once an interval', async () => {
  await withScheduler(async ({ look, pass, rounds }) => {
    await look();
    await pass(67); // an interval is a quarter of an hour, and up to a tenth longer
    assert.equal(rounds(), 5);
  });
});

test('each failure doubles the interval, and a good answer ends that', async () => {
  await withScheduler(async ({ source, look, pass, rounds }) => {
    source.failures.set('summary', { kind: 'serverError', status: 502, detail: '' });
    await look();
    await pass(29);
    assert.equal(rounds(), 1);
    await pass(120); // again after half an hour, then after an hour, then after two
    assert.equal(rounds(), 3);
    source.failures.clear();
    await pass(90);
    assert.equal(rounds(), 5);
  });
});

const NEED_A_PERSON: readonly Failure[] = [
  { kind: 'keyMissing' },
  { kind: 'keyForOtherAddress', origin: 'https://other.example' },
  { kind: 'keyRejected', detail: '' },
  { kind: 'organisationMismatch', detail: '' },
  { kind: 'forbidden', detail: '' },
  { kind: 'badAddress', address: 'nonsense' },
];

for (const failure of NEED_A_PERSON) {
  test(`what only a person can put right is not asked again by itself, but when it is asked for: ${failure.kind}`, async () => {
    await withScheduler(async ({ source, look, refreshScheduler, pass, rounds }) => {
      // A part that is refused says nothing of the others: nothing is asked for once all are.
      for (const part of ['summary', 'compute', 'storage', 'machines']) source.failures.set(part, failure);
      await look();
      await pass(24 * 60);
      await look();
      assert.equal(rounds(), 1);
      source.failures.clear();
      refreshScheduler.ask(ACCOUNT.id);
      await pass(1);
      assert.equal(rounds(), 2);
      await pass(17); // and once an interval from then on
      assert.equal(rounds(), 3);
    });
  });
}

test('nothing is read while nothing is on screen, and at once when something old comes back', async () => {
  await withScheduler(async ({ look, watched, pass, rounds }) => {
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

for (const [back, clock] of [
  [10, 'minutes'],
  [5 * 60, 'hours'],
  [400 * 24 * 60, 'a year'],
] as const) {
  test(`a clock that is set back by ${clock} stops nothing`, async () => {
    await withScheduler(async ({ look, setBack, pass, rounds }) => {
      await look();
      await pass(1);
      setBack(back);
      await pass(16); // the timer of before still runs
      assert.equal(rounds(), 2);
      await pass(51);
      assert.equal(rounds(), 5, 'and once an interval from then on');
    });
  });
}

test('looking away and back does not read what is fresh', async () => {
  await withScheduler(async ({ look, pass, rounds }) => {
    await look();
    await pass(1);
    for (let times = 0; times < 50; times += 1) {
      await look();
    }
    await pass(1);
    assert.equal(rounds(), 1);
  });
});

test('a very long interval sets no timer that fires at once', async () => {
  await withScheduler(
    async ({ look, pass, rounds }) => {
      await look();
      await pass(600);
      assert.equal(rounds(), 1);
    },
    60 * 24 * 60 * MINUTE,
  );
});

test('an account that is asked for is read at once while somebody looks, else when somebody does', async () => {
  await withScheduler(async ({ look, refreshScheduler, watched, pass, rounds }) => {
    await look();
    watched.now = false;
    refreshScheduler.ask(ACCOUNT.id);
    await pass(1);
    assert.equal(rounds(), 1);
    watched.now = true;
    await look();
    assert.equal(rounds(), 2);
  });
});
