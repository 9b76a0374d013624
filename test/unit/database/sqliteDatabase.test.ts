import assert from 'node:assert/strict';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, HOUR, MINUTE } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';
import {
  ACCOUNT,
  awakeBlock,
  block,
  databaseWithLease,
  DAY_ONE,
  LEASE_MS,
  newFile,
  NOTHING,
  NOW,
  openDatabase,
  OWNER,
  save,
  SCOPE,
} from './databases';

test('knows nothing of an account at first', (t) => {
  const database = openDatabase(t);
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), NOTHING);
  assert.deepEqual(database.days(ACCOUNT, 'computeDays'), new Map());
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), []);
  assert.deepEqual(database.restatements(ACCOUNT), []);
  assert.deepEqual(database.changed(), []);
});

test('a file that others may read is for its owner alone once it is opened, and so is what stands beside it', (t) => {
  const file = newFile(t);
  const beside = ['-journal', '-wal', '-shm'].map((ending) => file + ending);
  openDatabase(t, file).close();
  for (const each of beside) writeFileSync(each, '');
  for (const each of [file, ...beside]) chmodSync(each, 0o664);
  openDatabase(t, file);
  for (const each of [file, ...beside].filter(existsSync)) {
    assert.equal(statSync(each).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600, each);
  }
});

test('makes the folder, and a file that others may not read', (t) => {
  const file = newFile(t).replace('usage.sqlite', 'a/b/usage.sqlite');
  openDatabase(t, file);
  assert.equal(statSync(file).mode & 0o077, process.platform === 'win32' ? 0o066 : 0);
});

test('keeps a reply for another window and for later', (t) => {
  const file = newFile(t);
  const first = databaseWithLease(t, file);
  const columns = toColumns([computeDay('m', DAY_ONE, 2n ** 60n), computeDay('__proto__', DAY_ONE, 0)]);
  const summary = { plan: 'pro', billed: { awake_seconds: 2n ** 63n - 1n }, levels: {} };
  const failure = { kind: 'rateLimited', retryAt: NOW + 1 } as const;
  const saved = save(first, {
    parts: { summary: { value: summary, asOf: NOW }, machines: { failure } },
    blocks: [{ part: 'computeHours', day: DAY_ONE, asOf: NOW, columns }],
    askedAt: NOW,
    waitUntil: NOW + 5,
    failures: 2,
    requests: 3,
  });
  assert.equal(saved, true);
  first.close();

  const second = openDatabase(t, file);
  assert.deepEqual(second.account(ACCOUNT, SCOPE, NOW), {
    parts: { summary: { value: summary, asOf: NOW }, machines: { failure } },
    askedAt: NOW,
    waitUntil: NOW + 5,
    failures: 2,
    requests: 3,
  });
  assert.deepEqual(second.blocks(ACCOUNT, 'computeHours', ['2026-10-31', DAY_ONE]), [
    { part: 'computeHours', day: DAY_ONE, asOf: NOW, columns },
  ]);
  assert.deepEqual(second.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), []);
  assert.deepEqual(second.blocks('b', 'computeHours', [DAY_ONE]), []);
  assert.deepEqual(second.days(ACCOUNT, 'computeHours'), new Map([[DAY_ONE, NOW]]));
});

test('changes only what a write names', (t) => {
  const database = databaseWithLease(t);
  save(database, {
    parts: { summary: { value: 1, asOf: NOW } },
    askedAt: NOW,
    waitUntil: NOW + 9,
    failures: 4,
  });
  save(database, { parts: { machines: { value: 2, asOf: NOW } } });
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), {
    parts: { summary: { value: 1, asOf: NOW }, machines: { value: 2, asOf: NOW } },
    ...{ askedAt: NOW, waitUntil: NOW + 9, failures: 4, requests: 0 },
  });
});

test('keeps the last good value of a part beside the failure after it', (t) => {
  const database = databaseWithLease(t);
  const parts = (): unknown => database.account(ACCOUNT, SCOPE, NOW).parts;
  save(database, { parts: { summary: { value: 'good', asOf: NOW } } });
  save(database, { parts: { summary: { failure: { kind: 'cut' } } } });
  assert.deepEqual(parts(), { summary: { value: 'good', asOf: NOW, failure: { kind: 'cut' } } });
  save(database, { parts: { summary: { value: 'late', asOf: NOW - 1 } } });
  assert.deepEqual(parts(), { summary: { value: 'good', asOf: NOW } });
  save(database, { parts: { summary: { value: 'new', asOf: NOW + 1 } } });
  assert.deepEqual(parts(), { summary: { value: 'new', asOf: NOW + 1 } });
});

test('puts a wait off, never forward, and lifts it', (t) => {
  const database = databaseWithLease(t);
  const waits = [NOW + 10, NOW + 5, undefined, NOW + 20, 0].map((waitUntil) => {
    save(database, waitUntil === undefined ? {} : { waitUntil });
    return database.account(ACCOUNT, SCOPE, NOW).waitUntil;
  });
  assert.deepEqual(waits, [NOW + 10, NOW + 10, NOW + 10, NOW + 20, 0]);
});

test('leaves a block out that is older than the one that is kept, and keeps the rest of the reply', (t) => {
  const database = databaseWithLease(t);
  const [newer, older] = [awakeBlock(DAY_ONE, NOW, 7), awakeBlock(DAY_ONE, NOW - 1, 5)];
  const other = awakeBlock('2026-11-02', NOW - 1, 9);
  save(database, { blocks: [newer] });
  assert.equal(save(database, { blocks: [older, other] }), true);
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', ['2026-11-02', DAY_ONE]), [other, newer]);
});

test('counts the requests of an hour, minute by minute', (t) => {
  const database = databaseWithLease(t);
  database.acquire(ACCOUNT, OWNER, NOW, DAY);
  const requestsAt = (now: number): number => database.account(ACCOUNT, SCOPE, now).requests;
  database.save(ACCOUNT, { owner: OWNER, now: NOW, requests: 2 });
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 30_000, requests: 1 });
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 10 * MINUTE, requests: 4 });
  assert.equal(requestsAt(NOW + 59 * MINUTE), 7);
  assert.equal(requestsAt(NOW + 60 * MINUTE), 4);
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 2 * HOUR, requests: 1 });
  assert.equal(requestsAt(NOW + 59 * MINUTE), 1, 'what was counted more than an hour ago is gone');
});

test('gives a lease to one at a time', (t) => {
  const file = newFile(t);
  const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
  assert.deepEqual(one.acquire(ACCOUNT, 'one', NOW, LEASE_MS), { granted: true, until: NOW + LEASE_MS });
  assert.deepEqual(two.acquire(ACCOUNT, 'two', NOW + 1, LEASE_MS), { granted: false, until: NOW + LEASE_MS });
  assert.equal(two.acquire('b', 'two', NOW, LEASE_MS).granted, true, 'each account has its own');
  assert.deepEqual(one.acquire(ACCOUNT, 'one', NOW + 5, LEASE_MS), {
    granted: true,
    until: NOW + 5 + LEASE_MS,
  });
  two.release(ACCOUNT, 'two');
  assert.equal(
    two.acquire(ACCOUNT, 'two', NOW + 6, LEASE_MS).granted,
    false,
    'nobody gives back what is not theirs',
  );
  assert.equal(two.acquire(ACCOUNT, 'two', NOW + 4 + LEASE_MS, LEASE_MS).granted, false);
  assert.equal(two.acquire(ACCOUNT, 'two', NOW + 5 + LEASE_MS, LEASE_MS).granted, true);
  assert.equal(one.acquire(ACCOUNT, 'one', NOW + 6 + LEASE_MS, LEASE_MS).granted, false);
  two.release(ACCOUNT, 'two');
  assert.equal(one.acquire(ACCOUNT, 'one', NOW + 6 + LEASE_MS, LEASE_MS).granted, true);
});

test('writes nothing for whoever does not hold the lease', (t) => {
  const database = databaseWithLease(t);
  const write = { askedAt: NOW, blocks: [awakeBlock(DAY_ONE, NOW, 7)] };
  assert.equal(save(database, { ...write, owner: 'another' }), false);
  assert.equal(save(database, { ...write, now: NOW + LEASE_MS }), false);
  database.release(ACCOUNT, OWNER);
  assert.equal(save(database, write), false);
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), NOTHING);
  assert.equal(database.size().days, 0);
});

test('tells which accounts another window wrote, once', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  assert.deepEqual(two.changed(), []);
  save(one, { failures: 1 });
  one.acquire('b', OWNER, NOW, LEASE_MS);
  one.save('b', { owner: OWNER, now: NOW, failures: 1 });
  assert.deepEqual(two.changed().sort(), [ACCOUNT, 'b']);
  assert.deepEqual(two.changed(), []);
  assert.deepEqual(one.changed(), [], 'what oneself wrote is no news');
  one.release(ACCOUNT, OWNER);
  assert.deepEqual(two.changed(), [ACCOUNT], 'a lease that was given back');
  one.acquire(ACCOUNT, OWNER, NOW, LEASE_MS);
  one.acquire(ACCOUNT, OWNER, NOW + 1, LEASE_MS);
  assert.deepEqual(two.changed(), [], 'nothing to see in a lease that was taken or renewed');
});

test('tells what another window wrote before or after a write of one’s own', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  two.account(ACCOUNT, SCOPE, NOW);
  const saveTwo = (): void => {
    one.release(ACCOUNT, OWNER);
    two.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS);
    assert.equal(two.save(ACCOUNT, { owner: 'window 2', now: NOW, failures: 2 }), true);
    two.release(ACCOUNT, 'window 2');
    one.acquire(ACCOUNT, OWNER, NOW, LEASE_MS);
  };
  one.changed();
  saveTwo();
  save(one, { failures: 3 });
  assert.deepEqual(one.changed(), [ACCOUNT]);
  save(one, { failures: 4 });
  saveTwo();
  assert.deepEqual(one.changed(), [ACCOUNT]);
  assert.deepEqual(one.changed(), []);
});

test('tells that rows were dropped, and that the account was made again', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  save(one, { failures: 1 });
  two.changed();
  one.clear();
  assert.deepEqual(two.changed(), [ACCOUNT]);
  save(one, { failures: 1 });
  two.changed();
  one.clear();
  save(one, { failures: 1 });
  assert.deepEqual(two.changed(), [ACCOUNT]);
  one.drop([ACCOUNT]);
  assert.deepEqual(two.changed(), [ACCOUNT]);
  assert.deepEqual(one.changed(), []);
});

test('keeps no machines of blocks that were replaced', (t) => {
  const database = databaseWithLease(t);
  const bytes = Array.from({ length: 30 }, (_, asOf) => {
    const buckets = Array.from({ length: 500 }, (_, machine) =>
      computeDay(`machine ${Math.sin(asOf * 1000 + machine)}`, DAY_ONE, 1),
    );
    save(database, { blocks: [block(DAY_ONE, asOf, buckets), block('2026-11-02', 0, buckets)] });
    return database.size().bytes;
  });
  assert.ok((bytes.at(-1) ?? 0) < 2 * (bytes[0] ?? 0), bytes.join(' '));
});
