import assert from 'node:assert/strict';
import test from 'node:test';
import { machinesOf, mainFailure } from '../../../src/store/accountUsage';
import { UsageStore } from '../../../src/store/usageStore';
import { UsageError } from '../../../src/usage/failure';
import { DAY, MINUTE } from '../../../src/usage/time';
import { ACCOUNT, FakeSource, noDatabaseCache, silentLog } from './fakeSource';

function setUp(start = Date.UTC(2026, 10, 20, 12)): {
  store: UsageStore;
  source: FakeSource;
  clock: { now: number };
} {
  const clock = { now: start };
  const source = new FakeSource();
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    open: () => Promise.resolve(source),
    now: () => clock.now,
    log: silentLog,
  });
  return { store, source, clock };
}

test('the first refresh reads the summary, the month by day, storage and machines, and no hours', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).refresh();
  assert.equal(source.asked[0], 'summary');
  assert.deepEqual(source.asked.slice(1).sort(), [
    'compute day all 2026-11-01..2026-11-20',
    'machines',
    'storage 2026-11-01..2026-11-19',
    'storage 2026-11-20',
  ]);
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.equal(usage?.summary.value?.billed.awake_seconds, 100);
  assert.equal(usage.summary.asOf, clock.now);
  assert.equal(machinesOf(usage)[0]?.quantities.awake_seconds, 150);
});

test('a refresh asks for what was still open, and for days that are due for another look, and not for the rest', async () => {
  const { store, source, clock } = setUp(Date.UTC(2026, 10, 20, 12));
  const refreshed = async (): Promise<string[]> => {
    source.asked.length = 0;
    await store.of(ACCOUNT).refresh();
    return source.asked.filter((name) => name.startsWith('compute')).sort();
  };
  await refreshed();
  clock.now += 15 * MINUTE;
  assert.deepEqual(await refreshed(), ['compute day all 2026-11-20']);
  clock.now += DAY;
  // The 20th was open when it was read; the 19th is now a day old, the 17th three and the 13th a week.
  assert.deepEqual(await refreshed(), [
    'compute day all 2026-11-13',
    'compute day all 2026-11-17',
    'compute day all 2026-11-19..2026-11-21',
  ]);
  clock.now += 15 * MINUTE;
  assert.deepEqual(await refreshed(), ['compute day all 2026-11-21']);
});

test('refreshes that meet are one', async () => {
  const { store, source } = setUp();
  const first = store.of(ACCOUNT).refresh();
  assert.ok(store.known(ACCOUNT.id)?.refreshing);
  assert.equal(store.of(ACCOUNT).refresh(), first);
  await first;
  assert.equal(source.asked.filter((name) => name === 'summary').length, 1);
  assert.equal(store.known(ACCOUNT.id)?.refreshing, undefined);
});

test('a refused key stops the other requests, and the last good figures stay with their age', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).refresh();
  const readAt = clock.now;
  source.asked.length = 0;
  source.failures.set('summary', { kind: 'keyRejected', detail: 'gone' });
  clock.now += 20 * MINUTE;
  await store.of(ACCOUNT).refresh();
  assert.deepEqual(source.asked, ['summary']);
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.deepEqual(mainFailure(usage), { kind: 'keyRejected', detail: 'gone' });
  assert.equal(usage.summary.value?.billed.awake_seconds, 100);
  assert.equal(usage.summary.asOf, readAt);
  assert.equal(machinesOf(usage).length, 1);
});

test('a part that fails leaves the others as they were read', async () => {
  const { store, source } = setUp();
  source.failures.set('storage', { kind: 'serverError', status: 502, detail: 'ledger' });
  await store.of(ACCOUNT).refresh();
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.equal(mainFailure(usage)?.kind, 'serverError');
  const [machine] = machinesOf(usage);
  assert.equal(machine?.quantities.awake_seconds, 150);
  assert.equal(machine.quantities.storage_mib_seconds, undefined, 'unknown, not zero');
});

test('a machine list that does not answer is no failure of the account', async () => {
  const { store, source } = setUp();
  source.failures.set('machines', { kind: 'notFound', url: 'x' });
  await store.of(ACCOUNT).refresh();
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.equal(mainFailure(usage), undefined);
  assert.equal(usage.machines.failure?.kind, 'notFound');
});

test('while the vendor’s wait lasts nothing is sent, for hours neither', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).refresh();
  source.failures.set('summary', { kind: 'rateLimited', retryAt: clock.now + 5 * MINUTE });
  await store.of(ACCOUNT).refresh();
  source.asked.length = 0;
  await store.of(ACCOUNT).refresh();
  await assert.rejects(
    store.of(ACCOUNT).breakdowns('2026-11-19'),
    (error: UsageError) => error.failure.kind === 'rateLimited',
  );
  assert.deepEqual(source.asked, []);
  assert.equal(store.known(ACCOUNT.id)?.waitUntil, clock.now + 5 * MINUTE);
  clock.now += 5 * MINUTE;
  source.failures.clear();
  await store.of(ACCOUNT).refresh();
  assert.equal(source.asked[0], 'summary');
  assert.equal(store.known(ACCOUNT.id)?.waitUntil, undefined);
});

test('a new month begins with its own figures, never with the old ones', async () => {
  const { store, source, clock } = setUp(Date.UTC(2026, 9, 31, 23, 59));
  await store.of(ACCOUNT).refresh();
  const october = store.known(ACCOUNT.id)?.usage.period.start;
  assert.equal(october, Date.UTC(2026, 9, 1));
  clock.now = Date.UTC(2026, 10, 1, 0, 1);
  source.failures.set('summary', { kind: 'unreachable', host: 'h', code: 'ENOTFOUND' });
  await store.of(ACCOUNT).refresh();
  const stale = store.known(ACCOUNT.id)?.usage;
  assert.equal(stale?.period.start, october, 'October stays October while November is unknown');
  assert.equal(stale.summary.value?.billed.awake_seconds, 100);
  source.failures.clear();
  source.failures.set('storage', { kind: 'cut' });
  source.billed = 1;
  await store.of(ACCOUNT).refresh();
  const november = store.known(ACCOUNT.id)?.usage;
  assert.equal(november?.period.start, Date.UTC(2026, 10, 1));
  assert.equal(november.summary.value?.billed.awake_seconds, 1);
  assert.equal(november.storage.value, undefined, 'October’s storage is not November’s');
});

test('hours are asked for once, by day and machine, and again after a failure', async () => {
  const { store, source } = setUp();
  await store.of(ACCOUNT).refresh();
  source.asked.length = 0;
  source.failures.set('compute', { kind: 'cut' });
  await assert.rejects(store.of(ACCOUNT).opened.hours('2026-11-10', 'm'), UsageError);
  source.failures.clear();
  await store.of(ACCOUNT).opened.hours('2026-11-10', 'm');
  await store.of(ACCOUNT).opened.hours('2026-11-10', 'm');
  assert.deepEqual(source.asked, ['compute hour m 2026-11-10', 'compute hour m 2026-11-10']);
});

test('hours of today are read again after a refresh, older ones are kept', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).refresh();
  const read = async (): Promise<number> => {
    source.asked.length = 0;
    await store.of(ACCOUNT).breakdowns('2026-11-20');
    await store.of(ACCOUNT).breakdowns('2026-11-10');
    return source.asked.length;
  };
  assert.equal(await read(), 2);
  assert.equal(await read(), 0);
  clock.now += MINUTE;
  await store.of(ACCOUNT).refresh();
  assert.equal(await read(), 1);
});

test('hours that were read while their day was going on are read again, however much later', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).breakdowns('2026-11-20');
  clock.now += 5 * DAY;
  await store.of(ACCOUNT).refresh();
  source.asked.length = 0;
  await store.of(ACCOUNT).breakdowns('2026-11-20');
  assert.deepEqual(source.asked, ['compute hour all 2026-11-20']);
});

test('an account of another organisation starts from nothing; a renamed one does not', async () => {
  const { store } = setUp();
  await store.of(ACCOUNT).refresh();
  store.retain([{ ...ACCOUNT, label: 'Renamed' }]);
  assert.ok(store.known(ACCOUNT.id)?.usage);
  store.retain([{ ...ACCOUNT, organisationId: 'other' }]);
  assert.equal(store.known(ACCOUNT.id)?.usage, undefined);
});

test('hours that the vendor puts off bind the whole account', async () => {
  const { store, source, clock } = setUp();
  await store.of(ACCOUNT).refresh();
  const retryAt = clock.now + 10 * MINUTE;
  source.failures.set('compute', { kind: 'serverError', status: 503, detail: '', retryAt });
  await assert.rejects(store.of(ACCOUNT).breakdowns('2026-11-10'), UsageError);
  assert.equal(store.known(ACCOUNT.id)?.waitUntil, retryAt);
});

test('a removed account is gone, and a late answer does not bring it back', async () => {
  const { store, source } = setUp();
  let open = (): void => {};
  source.gate = new Promise((resolve) => {
    open = resolve;
  });
  const work = store.of(ACCOUNT).refresh();
  store.forget(ACCOUNT.id);
  open();
  await work;
  assert.equal(store.known(ACCOUNT.id)?.usage, undefined);
});

test('a new key is tried at once, and the answer to the old one is dropped', async () => {
  const { store, source, clock } = setUp();
  source.failures.set('summary', { kind: 'rateLimited', retryAt: clock.now + 60 * MINUTE });
  await store.of(ACCOUNT).refresh();
  source.failures.clear();
  store.known(ACCOUNT.id)?.resetBackoff();
  await store.of(ACCOUNT).refresh();
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.equal(mainFailure(usage), undefined);
});

/** Holds each request for days until the test lets them all go. */
function holdRows(source: FakeSource): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const rows = source.rows.bind(source);
  source.rows = async (...query) => {
    await promise;
    return rows(...query);
  };
  return () => {
    resolve(undefined);
  };
}

const HOURS = ['2026-11-18', '2026-11-19'].map((day) => ({ part: 'computeHours', day }) as const);

test('a refresh that wants no days does not wait for those of a chart', async () => {
  const { store, source } = setUp();
  const account = { ...ACCOUNT, provider: 'miosa' } as const;
  const letGo = holdRows(source);
  const chart = store.of(account).load([{ part: 'byUser', day: '2026-11-19' }]);
  await store.of(account).refresh();
  assert.deepEqual(source.asked, ['summary', 'machines']);
  assert.ok(store.known(account.id)?.loading);
  letGo();
  await chart;
});

test('an export that is cancelled does not fail a refresh that is under way', async () => {
  const { store, source } = setUp();
  const letGo = holdRows(source);
  const refreshed = store.of(ACCOUNT).refresh();
  await source.isAsked('machines');
  const stop = new AbortController();
  const exported = store.of(ACCOUNT).load(
    ['2026-10-31', '2026-11-20'].map((day) => ({ part: 'computeDays', day })),
    stop.signal,
  );
  stop.abort();
  await exported;
  letGo();
  await refreshed;
  const usage = store.known(ACCOUNT.id)?.usage;
  assert.ok(usage);
  assert.equal(mainFailure(usage), undefined);
  assert.equal(usage.compute.value?.size, 20);
});

test('a refresh that is cancelled leaves the days that a chart wants under way', async () => {
  const { store, source } = setUp();
  const letGo = holdRows(source);
  const chart = store.of(ACCOUNT).load(HOURS);
  const refreshed = store.of(ACCOUNT).refresh();
  await source.isAsked('machines');
  store.known(ACCOUNT.id)?.cancelRefresh();
  await refreshed;
  letGo();
  await chart;
  assert.ok(HOURS.every((want) => store.known(ACCOUNT.id)?.dayCache.isCurrent(want)));
  assert.ok(!source.asked.some((name) => name.startsWith('compute day')), 'and nothing else is read');
});
