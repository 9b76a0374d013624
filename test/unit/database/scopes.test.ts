import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { underScope } from '../../../src/database/scopes';
import {
  ACCOUNT,
  awakeBlock,
  databaseAt,
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

test('keeps what is of another scope apart, and has it again when the account comes back', (t) => {
  const file = newFile(t);
  const [before, after] = [databaseWithLease(t, file), openDatabase(t, file)];
  const kept = awakeBlock(DAY_ONE, NOW, 7);
  save(before, { askedAt: NOW, blocks: [kept] });
  assert.deepEqual(after.account(ACCOUNT, 'another organisation', NOW), NOTHING);
  assert.deepEqual(after.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(after.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS).granted, false, 'one asks at a time');
  assert.equal(save(before, { failures: 2 }), true);
  before.release(ACCOUNT, OWNER);

  const other = awakeBlock(DAY_ONE, NOW, 1);
  after.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS);
  assert.equal(after.save(ACCOUNT, { owner: 'window 2', now: NOW, blocks: [other], failures: 1 }), true);
  assert.deepEqual(after.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [other]);
  assert.deepEqual(before.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [kept]);
  assert.deepEqual(after.restatements(ACCOUNT), [], 'it is no change of a value');
  assert.equal(after.account(ACCOUNT, SCOPE, NOW).failures, 2);
  assert.deepEqual(after.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [kept]);

  const late = { owner: 'window 2', now: NOW, failures: 9 };
  assert.equal(after.save(underScope(ACCOUNT, 'another organisation'), late), true);
  assert.equal(after.account(ACCOUNT, SCOPE, NOW).failures, 2, 'a late reply stays where it belongs');
  assert.equal(after.account(ACCOUNT, 'another organisation', NOW).failures, 9);
  after.drop([ACCOUNT]);
  assert.equal(after.size().days, 0);
});

test('a thread that was started anew touches nothing of an account with several scopes', (t) => {
  const file = newFile(t);
  const before = databaseWithLease(t, file);
  for (const scope of [SCOPE, 'another organisation']) {
    before.account(ACCOUNT, scope, NOW);
    save(before, { blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  }
  const anew = databaseAt(t, file);
  assert.deepEqual(anew.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(save(anew, { failures: 2 }), false);
  const named = underScope(ACCOUNT, SCOPE);
  assert.equal(anew.save(named, { owner: OWNER, now: NOW, failures: 2 }), true);
  assert.deepEqual([...anew.days(named, 'computeDays').keys()], [DAY_ONE]);
  assert.equal(anew.account(ACCOUNT, 'another organisation', NOW).failures, 0);
});

test('finds what a version before kept, which had one scope at a time', (t) => {
  const file = newFile(t);
  const now = databaseWithLease(t, file);
  save(now, { failures: 3 });
  now.close();
  const raw = new DatabaseSync(file);
  raw.exec(`UPDATE account SET id = '${ACCOUNT}'`);
  raw.close();
  const later = openDatabase(t, file);
  assert.equal(later.account(ACCOUNT, 'another organisation', NOW).failures, 0);
  assert.equal(later.account(ACCOUNT, SCOPE, NOW).failures, 3);
  assert.equal(save(later, { failures: 4 }), true);
  assert.equal(later.account(ACCOUNT, SCOPE, NOW).failures, 4);
});

test('goes on under the lease when its thread was started anew and knows no scopes', (t) => {
  const file = newFile(t);
  save(databaseWithLease(t, file), { failures: 1 });
  const anew = databaseAt(t, file);
  assert.equal(save(anew, { failures: 2 }), true);
  assert.equal(anew.account(ACCOUNT, SCOPE, NOW).failures, 2);
});
