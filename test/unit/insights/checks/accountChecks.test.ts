import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { AccountCheck } from '../../../../src/insights/checks/accountChecks';
import { UsageChecks } from '../../../../src/insights/checks/usageChecks';
import { dedalus } from '../../../../src/providers/dedalus/provider';
import { SampleSource } from '../../../../src/providers/sample/source';
import type { OpenSource } from '../../../../src/store/askingTurn';
import { DatabaseCache } from '../../../../src/store/databaseCache';
import { UsageStore } from '../../../../src/store/usageStore';
import { DAY, MINUTE, utcDay } from '../../../../src/usage/time';
import { type Simulator, startSimulator } from '../../../simulator/server';
import { accessTo } from '../../../support/access';
import { inProcess } from '../../../support/inProcess';
import { databaseAt, newFile } from '../../database/databases';
import { client } from '../../http/helpers';
import { ACCOUNT, FakeSource, silentLog } from '../../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 14, 20);
interface World {
  readonly clock: { now: number };
  readonly simulator: Simulator;
  readonly store: UsageStore;
  readonly checks: UsageChecks;
}

/** A window on the simulated vendor, with a database. */
async function window(t: TestContext): Promise<World> {
  const clock = { now: NOW };
  const now = (): number => clock.now;
  const simulator = await startSimulator({ now });
  t.after(() => simulator.close());
  const { url, key } = simulator;
  const { http } = client();
  const { store, checks } = storeWith(t, now, (_account, told) =>
    dedalus.connect({ now, access: accessTo(url, { http, key, now, ...told }) }),
  );
  return { clock, simulator, store, checks };
}

function storeWith(t: TestContext, now: () => number, open: OpenSource): Pick<World, 'store' | 'checks'> {
  const database = inProcess(databaseAt(t, newFile(t)));
  const databaseCache = new DatabaseCache({ database, log: silentLog, onTrouble: () => {} });
  const store = new UsageStore({ moneyRule: () => 'auto', log: silentLog, databaseCache, now, open });
  const checks = new UsageChecks({ store, databaseCache, onError: silentLog.error });
  t.after(() => {
    checks.dispose();
    store.dispose();
  });
  return { store, checks };
}

/** The next result of the checks that is about the simulator's present figures, once it says what is waited for. */
async function checked(
  { checks, simulator }: World,
  isMeant: (check: AccountCheck) => boolean = () => true,
): Promise<AccountCheck> {
  const { metered, billed } = simulator.totals();
  const isNow = ({ sums }: AccountCheck): boolean =>
    sums.every((sum) => {
      const meter = sum.meter as keyof typeof metered;
      return BigInt(sum.metered ?? -1) === metered[meter] && BigInt(sum.billed ?? -1) === billed[meter];
    });
  const meant = (): AccountCheck | undefined => {
    const check = checks.result(ACCOUNT.id);
    return check !== undefined && isNow(check) && isMeant(check) ? check : undefined;
  };
  return meant() ?? (await next(checks, meant));
}

/** Waits for a change after which something is so. */
function next<T>(checks: UsageChecks, is: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const subscription = checks.onDidChange(() => {
      const found = is();
      if (found !== undefined) {
        subscription.dispose();
        resolve(found);
      }
    });
  });
}

const usesHours = ({ sums }: AccountCheck): boolean =>
  sums.every(({ verdict }) => verdict.kind !== 'mayBeOpen');

test('the checks follow a refresh, and add up what the vendor itself says was metered and billed', async (t) => {
  const world = await window(t);
  await world.store.of(ACCOUNT).refresh();
  const { sums, badge } = await checked(world);
  assert.deepEqual(
    sums.map(({ verdict }) => verdict),
    [
      { kind: 'mayBeOpen' },
      { kind: 'mayBeOpen' },
      { kind: 'mayBeOpen' },
      { kind: 'open', since: Date.UTC(2026, 10, 20, 13), buckets: 2 },
    ],
  );
  assert.equal(badge.tone, 'neutral');
});

test('with the hours of today at hand the open buckets are told', async (t) => {
  const world = await window(t);
  await world.store.of(ACCOUNT).refresh();
  await loadHours(world);
  const { sums, badge } = await checked(world, usesHours);
  const since = Date.UTC(2026, 10, 20, 13);
  assert.deepEqual(
    sums.map(({ verdict }) => verdict),
    sums.map(() => ({ kind: 'open', since, buckets: 2 })),
  );
  assert.equal(badge.tone, 'good');
});

/** Today's and yesterday's. */
function loadHours({ store, clock }: World): Promise<void> {
  const days = [clock.now - DAY, clock.now].map(utcDay);
  return store.of(ACCOUNT).load(days.map((day) => ({ part: 'computeHours', day })));
}

/** From half an hour before midnight to half an hour after it: each minute around an hour's end, else each fifth. */
const MINUTES = Array.from({ length: 61 }, (_, minute) => minute - 30).filter(
  (minute) => Math.abs(minute) <= 3 || minute % 5 === 0,
);

for (const hours of [false, true]) {
  test(`nothing alarms around midnight, ${hours ? 'with' : 'without'} the hours at hand`, async (t) => {
    const world = await window(t);
    for (const minute of MINUTES) {
      world.clock.now = Date.UTC(2026, 10, 21) + minute * MINUTE;
      await world.store.of(ACCOUNT).refresh();
      if (hours) {
        await loadHours(world);
      }
      const { badge, findings } = await checked(world, hours ? usesHours : undefined);
      const at = new Date(world.clock.now).toISOString();
      assert.ok(['good', 'neutral'].includes(badge.tone), `${at}: ${badge.verdict.kind}`);
      assert.deepEqual(
        findings.filter(({ serious }) => serious > 0),
        [],
        at,
      );
    }
  });
}

/** A store that has read a source of which tests say what it tells, and by what clock. */
async function refreshed(t: TestContext): Promise<Omit<World, 'simulator'> & { source: FakeSource }> {
  const clock = { now: NOW };
  const source = new FakeSource();
  const { store, checks } = storeWith(
    t,
    () => clock.now,
    () => Promise.resolve(source),
  );
  await store.of(ACCOUNT).refresh();
  return { clock, source, store, checks };
}

test('a month that is read again is asked for whole, and what the vendor has restated is told', async (t) => {
  const { clock, source, store, checks } = await refreshed(t);
  source.awake += 25;
  clock.now += 15 * MINUTE;
  await store.of(ACCOUNT).refresh();
  assert.equal(checks.restatements(ACCOUNT.id).length, 0, 'the 19th had closed, and was not asked for');
  source.asked.length = 0;
  clock.now += MINUTE;
  const told = next(checks, () =>
    checks.restatements(ACCOUNT.id).find(({ meter }) => meter === 'awake_seconds'),
  );
  await store.of(ACCOUNT).readAgain();
  assert.deepEqual(source.asked.filter((name) => name !== 'summary' && name !== 'machines').sort(), [
    'compute day all 2026-11-01..2026-11-20',
    'storage 2026-11-01..2026-11-20',
  ]);
  const { machineId, before, after, beforeAsOf, afterAsOf } = await told;
  assert.deepEqual(
    { machineId, before, after, beforeAsOf, afterAsOf },
    { machineId: 'm', before: 150, after: 175, beforeAsOf: NOW, afterAsOf: NOW + 16 * MINUTE },
  );
});

test('what the vendor takes back of what it had billed in the month is told, with both values', async (t) => {
  const { clock, source, store, checks } = await refreshed(t);
  source.billed = 60;
  clock.now += MINUTE;
  const told = next(checks, () => checks.restatements(ACCOUNT.id).find(({ kind }) => kind === 'billed'));
  await store.of(ACCOUNT).refresh();
  const { meter, before, after, beforeAsOf, afterAsOf } = await told;
  assert.deepEqual(
    { meter, before, after, beforeAsOf, afterAsOf },
    { meter: 'awake_seconds', before: 100, after: 60, beforeAsOf: NOW, afterAsOf: NOW + MINUTE },
  );
});

test('the sample account has nothing to alarm anybody, from the first minutes of a month to the last', async (t) => {
  const times = [
    '2026-11-01T00:10:00Z',
    '2026-11-05T01:05:00Z',
    '2026-11-07T00:03:00Z',
    '2026-11-30T23:59:00Z',
  ];
  for (const now of times.map((time) => Date.parse(time))) {
    const { store, checks } = storeWith(
      t,
      () => now,
      () => Promise.resolve(new SampleSource(() => now)),
    );
    const checked = next(checks, () => checks.result(ACCOUNT.id));
    await store.of({ ...ACCOUNT, provider: 'sample' }).refresh();
    const { badge } = await checked;
    assert.ok(['good', 'neutral'].includes(badge.tone), `${new Date(now).toISOString()} ${badge.severity}`);
  }
});
