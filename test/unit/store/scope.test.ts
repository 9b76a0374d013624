import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { machinesOf } from '../../../src/store/accountUsage';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { scopeOf } from '../../../src/store/scope';
import { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { UsageError } from '../../../src/usage/failure';
import { MINUTE } from '../../../src/usage/time';
import { inProcess } from '../../support/inProcess';
import { databaseAt, newFile } from '../database/databases';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

const [PROD, STAGING, ELSEWHERE] = [
  'https://vendor.example/prod',
  'https://vendor.example/staging',
  'https://elsewhere.example',
];
/** Seconds awake that each place tells of. */
const AWAKE: Readonly<Record<string, number>> = { [PROD]: 1000, [STAGING]: 20, [ELSEWHERE]: 3, other: 500 };

interface World {
  readonly clock: { now: number };
  /** The origin for which the key was given, in all windows. */
  readonly key: { origin: string };
  readonly open: () => Window;
}

interface Window {
  readonly store: UsageStore;
  readonly settings: { baseUrl: string };
  /** By address, or by organisation where there is one. */
  readonly sources: Map<string, FakeSource>;
  /** Seconds awake that are shown; undefined while they are unknown. */
  readonly shown: () => unknown;
}

function world(t: TestContext): World {
  const clock = { now: Date.UTC(2026, 10, 20, 12) };
  const key = { origin: new URL(PROD).origin };
  const file = newFile(t);
  const open = (): Window => {
    const settings = { baseUrl: PROD };
    const sources = new Map<string, FakeSource>();
    const store = new UsageStore({
      databaseCache: new DatabaseCache({
        ...{ database: inProcess(databaseAt(t, file)), log: silentLog },
        onTrouble: () => {},
      }),
      moneyRule: () => 'auto',
      baseUrl: () => settings.baseUrl,
      open: ({ organisationId }, _told, { baseUrl }) => {
        const { origin } = new URL(baseUrl);
        if (origin !== key.origin) {
          return Promise.reject(new UsageError({ kind: 'keyForOtherAddress', origin: key.origin }));
        }
        return Promise.resolve(sourceAt(sources, organisationId ?? baseUrl));
      },
      ...{ now: () => clock.now, log: silentLog },
    });
    t.after(() => {
      store.dispose();
    });
    const shown = (): unknown => {
      const usage = store.known(ACCOUNT.id)?.usage;
      return usage && machinesOf(usage)[0]?.quantities.awake_seconds;
    };
    return { store, settings, sources, shown };
  };
  return { clock, key, open };
}

function sourceAt(sources: Map<string, FakeSource>, place: string): FakeSource {
  const source = sources.get(place) ?? new FakeSource();
  source.awake = AWAKE[place] ?? 0;
  sources.set(place, source);
  return source;
}

test('another path of the same origin is another account, and the one before is there again after it', async (t) => {
  const { clock, open } = world(t);
  const { store, settings, sources, shown } = open();
  await store.of(ACCOUNT).refresh();
  assert.equal(shown(), 1000);
  settings.baseUrl = STAGING;
  store.retain([ACCOUNT]);
  await store.of(ACCOUNT).restore();
  assert.equal(shown(), undefined, 'nothing is known of it yet');
  clock.now += MINUTE;
  await store.of(ACCOUNT).refresh();
  assert.equal(shown(), 20);
  settings.baseUrl = `${PROD}/`; // the same, in another spelling
  store.retain([ACCOUNT]);
  sources.get(PROD)?.asked.splice(0);
  await store.of(ACCOUNT).restore();
  assert.equal(shown(), 1000);
  assert.deepEqual(sources.get(PROD)?.asked, []);
});

test('days that were asked for at another path come too late', async (t) => {
  const { open } = world(t);
  const { store, settings, sources, shown } = open();
  const slow = sourceAt(sources, PROD);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const rows = slow.rows.bind(slow);
  slow.rows = async (...query) => {
    await promise;
    return rows(...query);
  };
  const before = store.of(ACCOUNT).refresh();
  await slow.isAsked('machines');
  settings.baseUrl = STAGING; // and nobody has been told of it
  const after = store.of(ACCOUNT).refresh();
  resolve(undefined);
  await Promise.all([before, after]);
  assert.equal(shown(), 20);
  const later = open();
  later.settings.baseUrl = STAGING;
  await later.store.of(ACCOUNT).restore();
  assert.equal(later.shown(), 20);
});

test('a key that is renewed for another origin brings nothing of the one before, in two windows', async (t) => {
  const { clock, key, open } = world(t);
  const [one, two] = [open(), open()];
  await one.store.of(ACCOUNT).refresh();
  await two.store.of(ACCOUNT).restore();
  assert.equal(two.shown(), 1000);

  clock.now += MINUTE;
  one.settings.baseUrl = ELSEWHERE;
  one.store.retain([ACCOUNT]);
  key.origin = ELSEWHERE;
  one.store.known(ACCOUNT.id)?.resetBackoff();
  await one.store.of(ACCOUNT).refresh();
  assert.equal(one.shown(), 3);

  two.store.known(ACCOUNT.id)?.resetBackoff(); // it hears of the key before it hears of the address
  await two.store.of(ACCOUNT).refresh();
  assert.equal(two.shown(), 1000, 'what it has is of the address that it still knows');
  two.settings.baseUrl = ELSEWHERE;
  two.store.retain([ACCOUNT]);
  await two.store.of(ACCOUNT).refresh();
  assert.deepEqual([one.shown(), two.shown()], [3, 3]);
  const three = open();
  three.settings.baseUrl = ELSEWHERE;
  await three.store.of(ACCOUNT).restore();
  assert.equal(three.shown(), 3);
});

for (const told of [true, false]) {
  const how = told ? 'that the list tells of' : 'that is refreshed before the list tells of it';
  test(`another organisation during the very first refresh, ${how}, gets nothing of the first`, async (t) => {
    const { open } = world(t);
    const window = open();
    const first = sourceAt(window.sources, PROD);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    first.gate = promise;
    const before = window.store.of(ACCOUNT).refresh();
    await first.isAsked('summary');
    const other: Account = { ...ACCOUNT, organisationId: 'other' };
    if (told) {
      window.store.retain([other]);
    }
    const after = window.store.of(other).refresh();
    resolve(undefined);
    await Promise.all([before, after]);
    assert.equal(window.shown(), 500);
    const later = open();
    await later.store.of(other).restore();
    assert.equal(later.shown(), 500);
    await later.store.of(ACCOUNT).restore();
    assert.equal(later.shown(), undefined, 'what was cut short is not kept');
  });
}

test('a scope names what is not the default alone, as versions before did', () => {
  const [address, path] = ['https://dcs.dedaluslabs.ai', 'https://dcs.dedaluslabs.ai/v2'];
  const scope = (baseUrl: string, account: Account = ACCOUNT): string =>
    scopeOf(account, { moneyRule: 'auto', baseUrl });
  assert.equal(scope(address), '["dedalus",null]');
  assert.equal(scope(`${address}/`, { ...ACCOUNT, organisationId: 'o' }), '["dedalus","o"]');
  assert.equal(scopeOf(ACCOUNT, { moneyRule: 'cents', baseUrl: address }), '["dedalus",null,"cents"]');
  assert.equal(scope(path), `["dedalus",null,"auto","${path}"]`);
  assert.equal(scope(`${path}//`), scope(path.replace('dcs', 'DCS')));
});
