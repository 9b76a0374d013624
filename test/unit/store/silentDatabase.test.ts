import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import {
  DatabaseError,
  type DatabaseTroubleKind,
  type UsageDatabase,
} from '../../../src/database/operations';
import { underScope } from '../../../src/database/scopes';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { inProcess } from '../../support/inProcess';
import { ACCOUNT, databaseAt, LEASE_MS, newFile, NOW, SCOPE } from '../database/databases';
import { silentLog } from './fakeSource';

/* A database that does not answer is asked again, and grants nothing meanwhile. */

interface World {
  readonly databaseCache: DatabaseCache;
  /** With what every call fails, or undefined for a database that answers. */
  fault: DatabaseTroubleKind | undefined;
  readonly told: string[];
  /** By the clock that nobody sets. */
  readonly pass: (ms: number) => void;
}

function world(t: TestContext, fault?: DatabaseTroubleKind): World {
  const uptime = { now: 1000 };
  t.mock.method(performance, 'now', () => uptime.now);
  const kept = inProcess(databaseAt(t, newFile(t)));
  const told: string[] = [];
  const database = new Proxy(kept, {
    get:
      (of, name: keyof UsageDatabase) =>
      (...args: never[]): Promise<unknown> =>
        own.fault === undefined
          ? (of[name] as (...args: never[]) => Promise<unknown>)(...args)
          : Promise.reject(new DatabaseError({ kind: own.fault, detail: '' })),
  });
  const own: World = {
    databaseCache: new DatabaseCache({ database, log: silentLog, onTrouble: ({ kind }) => told.push(kind) }),
    ...{ fault, told },
    pass: (ms) => {
      uptime.now += ms;
    },
  };
  return own;
}

const acquire = (databaseCache: DatabaseCache, owner: string): Promise<boolean> =>
  databaseCache.acquire(ACCOUNT, owner, NOW, LEASE_MS).then(({ granted }) => granted);

for (const fault of ['busy', 'internal'] as const) {
  test(`one that is ${fault} at the start is there once it answers, and said once`, async (t) => {
    const own = world(t, fault);
    const { databaseCache, told, pass } = own;
    assert.equal((await databaseCache.account(ACCOUNT, SCOPE, NOW)).askedAt, 0);
    assert.equal(await acquire(databaseCache, 'here'), false, 'another process may hold it');
    pass(2000);
    assert.equal(await databaseCache.size(), undefined);
    own.fault = undefined;
    pass(60_000);
    assert.equal(await acquire(databaseCache, 'here'), true);
    assert.equal(
      await databaseCache.save(underScope(ACCOUNT, SCOPE), { owner: 'here', now: NOW, askedAt: NOW }),
      true,
    );
    assert.equal((await databaseCache.account(ACCOUNT, SCOPE, NOW)).askedAt, NOW);
    assert.equal(databaseCache.works, true);
    assert.deepEqual(told, [fault]);
  });
}

test('a lease that another process holds is not granted by a database that has ceased to answer', async (t) => {
  const own = world(t);
  const { databaseCache } = own;
  assert.equal(await acquire(databaseCache, 'another'), true);
  own.fault = 'internal';
  assert.equal(await acquire(databaseCache, 'here'), false);
  own.fault = 'busy';
  assert.equal(await acquire(databaseCache, 'here'), false);
  own.fault = undefined;
  assert.equal(await acquire(databaseCache, 'here'), false, 'it is the other’s');
  await databaseCache.release(ACCOUNT, 'another');
  assert.equal(await acquire(databaseCache, 'here'), true);
});

test('after a minute without an answer a window goes on alone, and is with the others again once there is one', async (t) => {
  const own = world(t, 'busy');
  const { databaseCache, pass } = own;
  for (let seconds = 0; seconds < 59; seconds += 1) {
    assert.equal(await acquire(databaseCache, 'here'), false, `after ${seconds} s`);
    pass(1000);
  }
  pass(2000);
  assert.equal(await acquire(databaseCache, 'here'), true);
  assert.equal(databaseCache.works, false, 'what is read stays at hand');
  own.fault = undefined;
  assert.equal(await acquire(databaseCache, 'another'), true);
  assert.equal(await acquire(databaseCache, 'here'), false);
  assert.equal(databaseCache.works, true);
});

for (const fault of ['missing', 'newer', 'readOnly'] as const) {
  test(`a window without a database, ${fault}, is alone from the start`, async (t) => {
    const own = world(t, fault);
    assert.equal(await acquire(own.databaseCache, 'here'), true);
    assert.equal(own.databaseCache.works, false);
    own.fault = undefined;
    assert.equal(await acquire(own.databaseCache, 'another'), true, 'until it is opened anew');
    assert.deepEqual(own.told, [fault]);
  });
}

test('a full disk keeps nobody from reading', async (t) => {
  const own = world(t);
  await own.databaseCache.account(ACCOUNT, SCOPE, NOW);
  own.fault = 'full';
  assert.equal(await acquire(own.databaseCache, 'here'), true);
  own.fault = undefined;
  assert.equal(await acquire(own.databaseCache, 'here'), true);
  assert.equal(own.databaseCache.works, true);
});

test('what must not be lost is tried again while the database does not answer for a moment', async (t) => {
  const own = world(t);
  const { databaseCache } = own;
  await databaseCache.account(ACCOUNT, SCOPE, NOW);
  await acquire(databaseCache, 'here');
  own.fault = 'busy';
  const saving = databaseCache.save(ACCOUNT, { owner: 'here', now: NOW, failures: 3 });
  setTimeout(() => {
    own.fault = undefined;
  }, 200);
  assert.equal(await saving, true);
  own.pass(60_000);
  assert.equal((await databaseCache.account(ACCOUNT, SCOPE, NOW)).failures, 3);
  own.fault = 'busy';
  const deleting = databaseCache.drop([ACCOUNT]);
  setTimeout(() => {
    own.fault = undefined;
  }, 200);
  await deleting;
  own.pass(60_000);
  assert.equal((await databaseCache.account(ACCOUNT, SCOPE, NOW)).failures, 0);
});

test('an account whose usage could not be deleted is no success', async (t) => {
  const own = world(t);
  await own.databaseCache.account(ACCOUNT, SCOPE, NOW);
  own.fault = 'busy';
  await assert.rejects(own.databaseCache.drop([ACCOUNT]), DatabaseError);
  await assert.rejects(own.databaseCache.clear(), DatabaseError);
});
