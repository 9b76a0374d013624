import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { afterEach } from 'node:test';
import type { DatabaseTrouble } from '../../../src/database/operations';
import { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { monthFigure } from '../../../src/insights/month/monthFigure';
import { machinesOf } from '../../../src/store/accountUsage';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { UsageStore } from '../../../src/store/usageStore';
import { CLOSING_MS } from '../../../src/usage/closing';
import type { MoneyRule } from '../../../src/usage/meter';
import { DAY, MINUTE } from '../../../src/usage/time';
import { inProcess } from '../../support/inProcess';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-archive-'));
const file = path.join(folder, 'usage.sqlite');
const clock = { now: 0 };
const settings: { moneyRule: MoneyRule } = { moneyRule: 'auto' };
const opened: { store: UsageStore; database: SqliteDatabase }[] = [];

interface Window {
  readonly store: UsageStore;
  readonly source: FakeSource;
  readonly databaseCache: DatabaseCache;
  readonly troubles: DatabaseTrouble[];
}

/** A window of its own: its own store and its own connection, on the file that all share. */
function openWindow(): Window {
  const source = new FakeSource();
  const database = new SqliteDatabase({ file, closingMs: CLOSING_MS });
  const troubles: DatabaseTrouble[] = [];
  const databaseCache = new DatabaseCache({
    ...{ log: silentLog, database: inProcess(database) },
    onTrouble: (trouble) => troubles.push(trouble),
  });
  const store = new UsageStore({
    moneyRule: () => settings.moneyRule,
    ...{ databaseCache, log: silentLog, now: () => clock.now },
    open: (_account, told) => {
      source.onAsk = told.onRequest;
      return Promise.resolve(source);
    },
  });
  opened.push({ store, database });
  return { store, source, databaseCache, troubles };
}

afterEach(() => {
  for (const { store, database } of opened.splice(0)) {
    store.dispose();
    database.close();
  }
  rmSync(folder, { recursive: true, force: true });
  clock.now = Date.UTC(2026, 10, 20, 12);
});
clock.now = Date.UTC(2026, 10, 20, 12);

test('a window that opens later shows the figures at once, with their age, and asks for nothing', async () => {
  const first = openWindow();
  await first.store.of(ACCOUNT).refresh();
  const readAt = clock.now;
  clock.now += DAY; // the computer was off until the next day
  const later = openWindow();
  await later.store.of(ACCOUNT).restore();
  const usage = later.store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.equal(usage.summary.value?.billed.awake_seconds, 100);
  assert.equal(usage.summary.asOf, readAt);
  assert.equal(usage.compute.asOf, readAt);
  assert.equal(machinesOf(usage)[0]?.quantities.awake_seconds, 150);
  assert.equal(machinesOf(usage)[0]?.quantities.storage_mib_seconds, 30);
  assert.deepEqual(later.source.asked, []);
  assert.equal(later.store.known(ACCOUNT.id)?.askedAt, readAt);
});

test('at a start the figures of every machine are there before any day is opened', async () => {
  const first = openWindow();
  await first.store.of(ACCOUNT).refresh();
  const later = openWindow();
  const opening = Promise.withResolvers<undefined>();
  const opened = later.databaseCache.blocks.bind(later.databaseCache);
  later.databaseCache.blocks = async (id, part, days) => {
    await (part === 'monthTotals' ? undefined : opening.promise);
    return opened(id, part, days);
  };
  const shown = new Promise((resolve) => later.store.onDidChange(resolve));
  const recalled = later.store.of(ACCOUNT).restore();
  await shown;
  const figures = (): unknown => {
    const usage = later.store.known(ACCOUNT.id)?.usage;
    return (
      usage && {
        machines: machinesOf(usage).map(({ machineId, quantities, dataThrough }) => ({
          ...{ machineId, quantities, dataThrough },
        })),
        figures: [monthFigure(usage, 'awake_seconds'), monthFigure(usage, 'storage_mib_seconds')],
      }
    );
  };
  const atOnce = figures();
  assert.equal(later.store.known(ACCOUNT.id)?.isRestored, false);
  opening.resolve(undefined);
  await recalled;
  assert.equal(later.store.known(ACCOUNT.id)?.usage.totals, undefined, 'the days are in their place');
  assert.deepEqual(atOnce, figures());
  assert.match(JSON.stringify(atOnce), /"awake_seconds":150/);
});

test('two refreshes at the same time are one, and both windows show what it read', async () => {
  const [one, two] = [openWindow(), openWindow()];
  await Promise.all([one.store.of(ACCOUNT).refresh(), two.store.of(ACCOUNT).refresh()]);
  const asked = [...one.source.asked, ...two.source.asked].filter((name) => name === 'summary');
  assert.equal(asked.length, 1);
  for (const { store } of [one, two]) {
    assert.equal(store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
  }
});

test('days that another window read are not asked for', async () => {
  const one = openWindow();
  await one.store.of(ACCOUNT).refresh();
  await one.store.of(ACCOUNT).load([{ part: 'computeHours', day: '2026-11-19' }]);
  const two = openWindow();
  await two.store.of(ACCOUNT).restore();
  await two.store.of(ACCOUNT).load([
    { part: 'computeHours', day: '2026-11-19' },
    { part: 'storage', day: '2026-11-19' },
    { part: 'computeHours', day: '2026-11-18' },
  ]);
  assert.deepEqual(two.source.asked, ['compute hour all 2026-11-18']);
  assert.equal(two.store.known(ACCOUNT.id)?.dayCache.block('storage', '2026-11-19')?.columns.length, 1);
});

test('a wait, failures and requests hold for all windows', async () => {
  const one = openWindow();
  await one.store.of(ACCOUNT).refresh();
  clock.now += 15 * MINUTE;
  const retryAt = clock.now + 10 * MINUTE;
  one.source.failures.set('summary', { kind: 'rateLimited', retryAt });
  await one.store.of(ACCOUNT).refresh();
  const two = openWindow();
  await two.store.of(ACCOUNT).restore();
  assert.equal(two.store.known(ACCOUNT.id)?.waitUntil, retryAt);
  assert.equal(two.store.known(ACCOUNT.id)?.failures, 1);
  assert.equal(two.store.known(ACCOUNT.id)?.usage.summary.failure?.kind, 'rateLimited');
  assert.equal(two.store.known(ACCOUNT.id)?.requestsLastHour, one.source.asked.length);
  await two.store.of(ACCOUNT).refresh();
  assert.deepEqual(two.source.asked, [], 'nothing is sent while it lasts, by hand neither');
  two.store.known(ACCOUNT.id)?.resetBackoff();
  await two.store.of(ACCOUNT).refresh();
  const three = openWindow();
  await three.store.of(ACCOUNT).restore();
  assert.equal(three.store.known(ACCOUNT.id)?.waitUntil, undefined, 'a new key lifts it');
});

test('a closed day whose value changed is kept with both values and times', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  const before = clock.now;
  window.source.awake = 170;
  clock.now = Date.UTC(2026, 10, 21, 12); // the 19th is looked at again a day after its end
  await window.store.of(ACCOUNT).refresh();
  const [found, ...others] = (await window.databaseCache.restatements(ACCOUNT.id)).filter(
    ({ meter }) => meter === 'awake_seconds',
  );
  assert.deepEqual(others, []);
  assert.deepEqual(
    [found?.machineId, found?.before, found?.after, found?.beforeAsOf, found?.afterAsOf],
    ['m', 150, 170, before, clock.now],
  );
});

test('a removed account is gone from the disk; so is one of another organisation', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  await window.store.of({ ...ACCOUNT, id: 'other' }).refresh();
  window.store.retain([]);
  assert.ok(
    (await window.databaseCache.days('other', 'computeDays')).size > 0,
    'a list may be short for a moment',
  );
  await window.store.erase(['other']);
  assert.equal((await window.databaseCache.days('other', 'computeDays')).size, 0);
  assert.ok((await window.databaseCache.days(ACCOUNT.id, 'computeDays')).size > 0);
  const other = openWindow();
  await other.store.of({ ...ACCOUNT, organisationId: 'another' }).restore();
  assert.equal(other.store.known(ACCOUNT.id)?.readAt, undefined);
});

test('what was read by another rule for money is not taken for money of the new one', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  window.store.retain([ACCOUNT]);
  assert.ok(window.store.known(ACCOUNT.id)?.readAt, 'nothing has changed');
  settings.moneyRule = 'major';
  try {
    window.store.retain([ACCOUNT]);
    await window.store.of(ACCOUNT).restore();
    assert.equal(window.store.known(ACCOUNT.id)?.readAt, undefined);
    await window.store.of(ACCOUNT).refresh();
    assert.ok(window.store.known(ACCOUNT.id)?.readAt);
  } finally {
    settings.moneyRule = 'auto';
  }
});

test('an account whose key is for another address starts from nothing; the others keep what they have', async () => {
  const window = openWindow();
  const other = { ...ACCOUNT, id: 'other' };
  await window.store.of(ACCOUNT).refresh();
  await window.store.of(other).refresh();
  await window.store.erase([ACCOUNT.id]);
  await Promise.all([window.store.of(ACCOUNT).restore(), window.store.of(other).restore()]);
  assert.equal(window.store.known(ACCOUNT.id)?.readAt, undefined);
  assert.ok(window.store.known(other.id)?.readAt);
});

test('a refresh that is given up is not begun again by itself, and what had come in stays', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  clock.now += DAY;
  window.source.gate = new Promise(() => {});
  const work = window.store.of(ACCOUNT).refresh();
  await window.source.isAsked('summary');
  window.store.known(ACCOUNT.id)?.cancelRefresh();
  await work;
  assert.equal(window.store.known(ACCOUNT.id)?.askedAt, clock.now);
  assert.equal(window.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
  const later = openWindow();
  await later.store.of(ACCOUNT).restore();
  assert.equal(later.store.known(ACCOUNT.id)?.usage.summary.asOf, clock.now - DAY);
});

test('a window that closes in the middle of a refresh leaves its place to others at once', async () => {
  const [one, two] = [openWindow(), openWindow()];
  one.source.gate = new Promise(() => {});
  const refreshed = one.store.of(ACCOUNT).refresh();
  await one.source.isAsked('summary');
  await one.store.close();
  one.databaseCache.dispose(); // the database closes after it
  const lease = await two.databaseCache.acquire(ACCOUNT.id, 'another', clock.now, 15_000);
  assert.deepEqual(lease, { granted: true, until: clock.now + 15_000 });
  await refreshed;
});

test('a clock that was set back does not keep an account from being asked', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  clock.now -= DAY;
  assert.equal(window.store.known(ACCOUNT.id)?.askedAt, 0);
  window.source.asked.length = 0;
  await window.store.of(ACCOUNT).refresh(15 * MINUTE);
  assert.ok(window.source.asked.includes('summary'));
});

test('what is kept can be deleted, and is read again', async () => {
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  assert.ok(((await window.store.size())?.days ?? 0) > 0);
  await window.store.clear();
  assert.equal((await window.store.size())?.days, 0);
  assert.equal(window.store.known(ACCOUNT.id)?.usage, undefined);
  await window.store.of(ACCOUNT).refresh();
  assert.equal(window.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
});

test('without a database a window works from memory, and says so once', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  const window = openWindow();
  await window.store.of(ACCOUNT).refresh();
  clock.now += 15 * MINUTE;
  await window.store.of(ACCOUNT).refresh();
  assert.equal(window.troubles.length, 1);
  assert.equal(window.store.known(ACCOUNT.id)?.usage.summary.asOf, clock.now);
  assert.equal(window.store.known(ACCOUNT.id)?.requestsLastHour, window.source.asked.length);
  assert.equal(await window.store.size(), undefined);
});

test('a database that could not be read is set aside, and the figures are read again', async () => {
  const first = openWindow();
  await first.store.of(ACCOUNT).refresh();
  writeFileSync(file, 'no database at all, but long enough to look like one. '.repeat(100));
  const later = openWindow();
  await later.store.of(ACCOUNT).refresh();
  assert.deepEqual(
    later.troubles.map(({ kind }) => kind),
    ['corrupt'],
  );
  assert.equal(later.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
  const again = openWindow();
  await again.store.of(ACCOUNT).restore();
  assert.equal(again.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
});
