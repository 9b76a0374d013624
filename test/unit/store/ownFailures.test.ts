import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { mainFailure } from '../../../src/store/accountUsage';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { RefreshScheduler } from '../../../src/store/refreshScheduler';
import { UsageStore } from '../../../src/store/usageStore';
import { CLOSING_MS } from '../../../src/usage/closing';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { DAY, MINUTE } from '../../../src/usage/time';
import { inProcess } from '../../support/inProcess';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

/* What is one window's own, its settings, its keys, its network, is not taken for the account's by any other window. */

const START = Date.UTC(2026, 10, 20, 12);
const INTERVAL = 15 * MINUTE;

interface Window {
  readonly store: UsageStore;
  readonly source: FakeSource;
  readonly refreshScheduler: RefreshScheduler;
  /** Why this window cannot even ask; `silent` when its secret storage never answers. */
  own: Failure | 'silent' | undefined;
  /** How often the vendor was asked for the summary. */
  readonly rounds: () => number;
}

interface World {
  readonly clock: { now: number };
  readonly open: () => Window;
  /** All of them look, minute by minute, at what is due. */
  readonly pass: (minutes: number, windows: readonly Window[]) => Promise<void>;
}

function world(t: TestContext): World {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-own-'));
  const clock = { now: START };
  const now = (): number => clock.now;
  const ends: (() => void)[] = [];
  t.after(() => {
    for (const end of ends) {
      end();
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    clock,
    open: () => {
      const source = new FakeSource();
      const database = new SqliteDatabase({
        file: path.join(folder, 'usage.sqlite'),
        closingMs: CLOSING_MS,
      });
      const databaseCache = new DatabaseCache({
        database: inProcess(database),
        log: silentLog,
        onTrouble: () => {},
      });
      const store = new UsageStore({
        ...{ databaseCache, log: silentLog, now, moneyRule: () => 'auto' },
        open: (_account, told) => {
          source.onAsk = told.onRequest;
          if (window.own === 'silent') {
            return new Promise(() => {});
          }
          return window.own === undefined
            ? Promise.resolve(source)
            : Promise.reject(new UsageError(window.own));
        },
      });
      const refreshScheduler = new RefreshScheduler({
        ...{ store, now, uptime: now },
        accounts: () => [ACCOUNT],
        intervalMs: () => INTERVAL,
        isWatched: () => true,
      });
      const window: Window = {
        ...{ store, source, refreshScheduler, own: undefined },
        rounds: () => source.asked.filter((name) => name === 'summary').length,
      };
      ends.push(() => {
        refreshScheduler.dispose();
        store.dispose();
        database.close();
      });
      return window;
    },
    pass: async (minutes, windows) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        clock.now += MINUTE;
        for (const { store, refreshScheduler } of windows) {
          await store.of(ACCOUNT).restore();
          refreshScheduler.update();
          await store.known(ACCOUNT.id)?.refreshing;
        }
      }
    },
  };
}

function failureIn({ store }: Window): Failure | undefined {
  const usage = store.known(ACCOUNT.id)?.usage;
  return usage === undefined ? undefined : mainFailure(usage);
}

const OWN: readonly Failure[] = [
  { kind: 'keyMissing' },
  { kind: 'keychain', detail: 'it is locked' },
  { kind: 'keyForOtherAddress', origin: 'https://other.example' },
  { kind: 'badAddress', address: 'nonsense' },
];

for (const own of OWN) {
  test(`a window that cannot ask, ${own.kind}, keeps no other window from asking, nor its own figures old`, async (t) => {
    const { open, pass } = world(t);
    const [one, two] = [open(), open()];
    one.own = own;
    await one.store.of(ACCOUNT).refresh();
    assert.equal(failureIn(one)?.kind, own.kind);
    await pass(61, [one, two]);
    assert.deepEqual([one.rounds(), two.rounds()], [0, 4], 'at once, and then once an interval');
    assert.equal(failureIn(two), undefined);
    assert.equal(one.store.known(ACCOUNT.id)?.failures, 0);
    assert.equal(
      one.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds,
      100,
      'as the other read it',
    );
    const later = open();
    await later.store.of(ACCOUNT).restore();
    assert.equal(failureIn(later), undefined, 'nothing of it was kept');
    one.own = undefined;
    one.store.known(ACCOUNT.id)?.resetBackoff();
    await one.store.of(ACCOUNT).refresh();
    assert.equal(failureIn(one), undefined);
    assert.equal(one.rounds(), 1);
  });
}

const NETWORK: readonly Failure[] = [
  { kind: 'unreachable', host: 'api.example', code: 'ENOTFOUND' },
  { kind: 'certificate', host: 'api.example', code: 'CERT_HAS_EXPIRED' },
];

for (const failure of NETWORK) {
  test(`a window without a network, ${failure.kind}, is not kept as the account's, and doubles nothing`, async (t) => {
    const { open, pass } = world(t);
    const [one, two] = [open(), open()];
    one.source.failures.set('summary', failure);
    await pass(240, [one]);
    assert.ok(one.rounds() >= 14 && one.rounds() <= 16, `${one.rounds()} times in four hours`);
    assert.equal(failureIn(one)?.kind, failure.kind);
    await pass(1, [two]);
    assert.equal(two.rounds(), 1, 'another window asks at once');
    assert.equal(failureIn(two), undefined);
    await pass(1, [one]);
    assert.equal(failureIn(one), undefined, 'what the other read is shown');
  });
}

test('what failed for want of a network is asked for when it is back, or the window is', async (t) => {
  const { clock, open, pass } = world(t);
  const window = open();
  window.source.failures.set('summary', { kind: 'unreachable', host: 'api.example', code: 'EAI_AGAIN' });
  await pass(1, [window]);
  window.source.failures.clear();
  clock.now += 5000;
  window.refreshScheduler.reconnect(10_000);
  await window.store.known(ACCOUNT.id)?.refreshing;
  assert.equal(window.rounds(), 1, 'not each time that somebody comes to the window');
  clock.now += 5000;
  window.refreshScheduler.reconnect(10_000);
  await window.store.known(ACCOUNT.id)?.refreshing;
  assert.equal(window.rounds(), 2);
  assert.equal(failureIn(window), undefined);
  clock.now += MINUTE;
  window.refreshScheduler.reconnect();
  await window.store.known(ACCOUNT.id)?.refreshing;
  assert.equal(window.rounds(), 2, 'what did not fail so is not asked for');
});

test('a proxy that asks for a login is not asked again by itself, in this window', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  one.source.failures.set('summary', { kind: 'proxyLogin' });
  await pass(120, [one]);
  one.refreshScheduler.reconnect();
  await one.store.known(ACCOUNT.id)?.refreshing;
  assert.equal(one.rounds(), 1);
  await pass(1, [two]);
  assert.equal(two.rounds(), 1);
});

test('a failure of the account holds for all windows, beside one that is a window’s own', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  one.source.failures.set('summary', { kind: 'keyRejected', detail: 'gone' });
  await pass(1, [one, two]);
  await pass(120, [one, two]);
  assert.deepEqual([one.rounds(), two.rounds()], [1, 0]);
  assert.equal(failureIn(two)?.kind, 'keyRejected');
  two.own = { kind: 'keyMissing' };
  await two.store.of(ACCOUNT).refresh();
  const later = open();
  await later.store.of(ACCOUNT).restore();
  assert.equal(failureIn(later)?.kind, 'keyRejected', 'and does not take its place');
});

test('a refresh that was given up, or whose window was closed, is not put off in others', async (t) => {
  const { open } = world(t);
  const [one, two] = [open(), open()];
  one.source.gate = new Promise(() => {});
  const work = one.store.of(ACCOUNT).refresh();
  await one.source.isAsked('summary');
  one.store.known(ACCOUNT.id)?.cancelRefresh();
  await work;
  assert.equal(one.store.known(ACCOUNT.id)?.askedAt, START, 'here it waits an interval');
  await two.store.of(ACCOUNT).restore();
  assert.equal(two.store.known(ACCOUNT.id)?.askedAt, 0);
  assert.equal(two.store.known(ACCOUNT.id)?.requestsLastHour, 1, 'the request counts');
});

test('days that were given up while a refresh went on are no failure of the account', async (t) => {
  const { open } = world(t);
  const [one, two] = [open(), open()];
  one.source.failures.set('compute', { kind: 'cancelled' });
  await one.store.of(ACCOUNT).refresh();
  await two.store.of(ACCOUNT).restore();
  const usage = two.store.known(ACCOUNT.id)?.usage;
  assert.equal(usage?.compute.failure, undefined);
  assert.equal(usage?.summary.value?.billed.awake_seconds, 100);
  assert.equal(two.store.known(ACCOUNT.id)?.failures, 0);
});

test('a part that the vendor no longer answers is kept as far as it was read, said as gone, and asked once a day', async (t) => {
  const { clock, open, pass } = world(t);
  const window = open();
  await pass(1, [window]);
  const readAt = clock.now;
  const gone: Failure = { kind: 'notFound', url: 'https://api.example/v1/usage' };
  for (const part of ['summary', 'compute', 'storage']) {
    window.source.failures.set(part, gone);
  }
  await pass(30, [window]);
  const usage = window.store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  const failure = mainFailure(usage);
  assert.ok(failure?.kind === 'gone');
  assert.deepEqual([failure.url, failure.keptUntil], [gone.url, readAt]);
  assert.equal(usage.summary.value?.billed.awake_seconds, 100);
  assert.ok(usage.compute.value !== undefined && usage.compute.failure?.kind === 'gone');
  window.source.asked.length = 0;
  await pass(6 * 60, [window]);
  assert.deepEqual(
    window.source.asked.filter((name) => name !== 'machines'),
    [],
    'what is not gone goes on',
  );
  assert.ok(window.source.asked.length > 20);
  clock.now += 18 * 60 * MINUTE;
  await pass(30, [window]);
  assert.equal(window.rounds(), 1);
  const later = open();
  await later.store.of(ACCOUNT).restore();
  assert.deepEqual([failureIn(later)?.kind], ['gone'], 'a start says the same');
  assert.equal(later.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
  await later.store.of(ACCOUNT).refresh();
  assert.equal(later.rounds(), 1, 'a person who asks is not put off');
  assert.equal(failureIn(later), undefined);
});

test('an address without usage, where there never was any, is not found', async (t) => {
  const { open } = world(t);
  const window = open();
  window.source.failures.set('summary', { kind: 'notFound', url: 'x' });
  await window.store.of(ACCOUNT).refresh();
  assert.equal(failureIn(window)?.kind, 'notFound');
});

test('something on the way that refuses is asked again later, as long after as it says', async (t) => {
  const { clock, open, pass } = world(t);
  const window = open();
  window.source.failures.set('summary', { kind: 'blocked', status: 403 });
  await pass(60, [window]);
  assert.equal(window.rounds(), 2, 'at once, and after twice the interval');
  const retryAt = clock.now + 3 * 60 * MINUTE;
  window.source.failures.set('summary', { kind: 'blocked', status: 503, retryAt });
  await window.store.of(ACCOUNT).refresh();
  window.source.failures.clear();
  await pass(179, [window]);
  assert.equal(window.rounds(), 3);
  await pass(2, [window]);
  assert.equal(window.rounds(), 4);
  assert.equal(failureIn(window), undefined);
});

test('a vendor without a summary whose key was refused is not asked again by itself', async (t) => {
  const { clock, open, pass } = world(t);
  const northflank = { ...ACCOUNT, provider: 'northflank' as const };
  const { store, refreshScheduler, source } = open();
  const asked: number[] = [];
  source.rows = () => {
    asked.push(clock.now);
    return Promise.reject(new UsageError({ kind: 'keyRejected', detail: 'no' }));
  };
  (source as { summary?: unknown }).summary = undefined;
  const own = new RefreshScheduler({
    ...{ store, now: () => clock.now, uptime: () => clock.now },
    accounts: () => [northflank],
    intervalMs: () => INTERVAL,
    isWatched: () => true,
  });
  refreshScheduler.dispose();
  await store.of(northflank).restore();
  for (let hour = 0; hour < 24; hour += 1) {
    own.update();
    await store.known(ACCOUNT.id)?.refreshing;
    clock.now += DAY / 24;
  }
  own.dispose();
  await pass(0, []);
  assert.equal(asked.length, 1);
});

test('a secret storage that never answers holds no lease, and what waits for it can be given up', async (t) => {
  const { clock, open } = world(t);
  const [one, two] = [open(), open()];
  one.own = 'silent';
  const refreshing = one.store.of(ACCOUNT).refresh();
  const leaving = new AbortController();
  const loading = one.store.of(ACCOUNT).load([{ part: 'computeHours', day: '2026-11-19' }], leaving.signal);
  await two.store.of(ACCOUNT).refresh();
  assert.equal(two.rounds(), 1, 'another window is not kept from asking');
  leaving.abort();
  await loading;
  one.store.known(ACCOUNT.id)?.cancelRefresh();
  await refreshing;
  assert.equal(one.store.known(ACCOUNT.id)?.refreshing, undefined);
  assert.deepEqual(one.source.asked, []);
  one.own = undefined;
  clock.now += INTERVAL;
  await one.store.of(ACCOUNT).refresh();
  assert.equal(one.rounds(), 1, 'the next one is not held up by it');
});
