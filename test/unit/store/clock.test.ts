import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { UsageStore } from '../../../src/store/usageStore';
import { DAY, HOUR, MINUTE } from '../../../src/usage/time';
import { inProcess } from '../../support/inProcess';
import { databaseAt, newFile } from '../database/databases';
import { ACCOUNT, FakeSource, silentLog } from './fakeSource';

const NOON = Date.UTC(2026, 10, 20, 12);

interface World {
  readonly clock: { now: number };
  readonly open: () => Window;
}

interface Window {
  readonly store: UsageStore;
  readonly source: FakeSource;
  /** What a refresh asks for. */
  readonly refreshed: () => Promise<string[]>;
}

/** Windows on one database, on a clock that is set wrong and put right. */
function world(t: TestContext): World {
  const clock = { now: NOON };
  const file = newFile(t);
  const open = (): Window => {
    const source = new FakeSource();
    const database = inProcess(databaseAt(t, file));
    const store = new UsageStore({
      moneyRule: () => 'auto',
      databaseCache: new DatabaseCache({ database, log: silentLog, onTrouble: () => {} }),
      open: () => Promise.resolve(source),
      now: () => clock.now,
      log: silentLog,
    });
    t.after(() => {
      store.dispose();
    });
    return {
      store,
      source,
      refreshed: async () => {
        source.asked.length = 0;
        await store.of(ACCOUNT).refresh();
        return source.asked.filter((name) => !name.startsWith('machines')).sort();
      },
    };
  };
  return { clock, open };
}

const TODAY = ['compute day all 2026-11-20', 'storage 2026-11-20', 'summary'];

for (const sameWindow of [true, false]) {
  const where = sameWindow ? 'in the window that was open' : 'in a new window';
  test(`a clock that was ahead by hours and is put right lets every refresh ask, ${where}`, async (t) => {
    const { clock, open } = world(t);
    const first = open();
    await first.refreshed();
    clock.now += 5 * HOUR;
    await first.refreshed();
    clock.now -= 5 * HOUR;
    const window = sameWindow ? first : open();
    for (let hour = 0; hour < 3; hour += 1) {
      assert.deepEqual(await window.refreshed(), TODAY, `${hour} h later`);
      assert.equal(window.store.known(ACCOUNT.id)?.readAt, clock.now);
      clock.now += HOUR;
    }
  });

  test(`days that were read before they happened are read again, ${where}`, async (t) => {
    const { clock, open } = world(t);
    const first = open();
    clock.now += 9 * DAY;
    assert.ok((await first.refreshed()).includes('compute day all 2026-11-01..2026-11-29'));
    clock.now -= 9 * DAY;
    const window = sameWindow ? first : open();
    assert.ok((await window.refreshed()).includes('compute day all 2026-11-01..2026-11-20'));
    assert.equal(window.store.known(ACCOUNT.id)?.dayCache.block('computeDays', '2026-11-21'), undefined);
    clock.now += 30 * DAY; // nobody looks until long after the time that the clock had said
    const later = sameWindow ? window : open();
    await later.refreshed();
    later.source.asked.length = 0;
    await later.store
      .of(ACCOUNT)
      .load(['2026-11-20', '2026-11-21', '2026-11-28'].map((day) => ({ part: 'computeDays', day })));
    assert.deepEqual(later.source.asked, [
      'compute day all 2026-11-20..2026-11-21',
      'compute day all 2026-11-28',
    ]);
  });

  for (const [how, ahead, wait] of [
    ['a wait of a year', 0, 366 * DAY],
    ['a wait that was heard by a clock that was ahead', 5 * HOUR, HOUR],
  ] as const) {
    test(`${how} keeps nobody from asking, ${where}`, async (t) => {
      const { clock, open } = world(t);
      const first = open();
      await first.refreshed();
      clock.now += ahead;
      first.source.failures.set('summary', { kind: 'rateLimited', retryAt: clock.now + wait });
      await first.refreshed();
      clock.now -= ahead;
      const window = sameWindow ? first : open();
      window.source.failures.clear();
      await window.store.of(ACCOUNT).restore();
      assert.equal(window.store.known(ACCOUNT.id)?.waitUntil, undefined);
      assert.ok((await window.refreshed()).includes('summary'));
      assert.equal(window.store.known(ACCOUNT.id)?.usage.summary.failure, undefined);
    });
  }
}

test('a clock that is put back by a second keeps no refresh from asking', async (t) => {
  const { clock, open } = world(t);
  const window = open();
  await window.refreshed();
  clock.now -= 1000;
  assert.ok((await window.refreshed()).includes('summary'));
});

test('figures that were read by a clock that was ahead are not shown, and those of before are', async (t) => {
  const { clock, open } = world(t);
  const first = open();
  await first.refreshed();
  clock.now += 20 * DAY;
  await first.refreshed();
  clock.now -= 20 * DAY;
  clock.now += MINUTE;
  first.source.failures.set('summary', { kind: 'unreachable', host: 'h', code: 'ENOTFOUND' });
  await first.refreshed();
  const usage = first.store.known(ACCOUNT.id)?.usage;
  assert.equal(usage?.period.start, Date.UTC(2026, 10, 1), 'December has not begun');
  assert.equal(usage.summary.value, undefined);
  const later = open();
  await later.store.of(ACCOUNT).restore();
  assert.equal(later.store.known(ACCOUNT.id)?.usage.period.start, Date.UTC(2026, 10, 1));
});

test('a clock that is years behind empties nothing: once it is right again, everything is there', async (t) => {
  const { clock, open } = world(t);
  const first = open();
  await first.refreshed();
  clock.now = Date.UTC(2020, 0, 1);
  const behind = open();
  behind.source.failures.set('summary', { kind: 'certificate', host: 'h', code: 'CERT_NOT_YET_VALID' });
  await behind.refreshed();
  assert.equal(behind.store.known(ACCOUNT.id)?.readAt, undefined);
  clock.now = NOON + MINUTE;
  const later = open();
  await later.store.of(ACCOUNT).restore();
  assert.equal(later.store.known(ACCOUNT.id)?.readAt, NOON);
  assert.equal(later.store.known(ACCOUNT.id)?.usage.summary.value?.billed.awake_seconds, 100);
});
