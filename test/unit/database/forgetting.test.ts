import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import type { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { daysOf } from '../../../src/usage/time';
import { storageHour } from '../usage/builders';
import {
  ACCOUNT,
  awakeBlock,
  block,
  databaseWithLease,
  DAY_ONE,
  LEASE_MS,
  newFile,
  NOW,
  OWNER,
  save,
  SCOPE,
} from './databases';

test('drops an account with its lease, and no other', (t) => {
  const database = databaseWithLease(t);
  save(database, { blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  database.acquire('b', OWNER, NOW, LEASE_MS);
  database.save('b', { owner: OWNER, now: NOW, blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  database.drop([ACCOUNT, 'c']);
  assert.equal(database.size().days, 1);
  assert.deepEqual(database.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(save(database, { failures: 1 }), false, 'an account that was removed does not come back');
  assert.equal(database.acquire('b', 'another', NOW, LEASE_MS).granted, false);
});

test('tells its size, and gives the space back', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  const empty = database.size();
  assert.deepEqual(empty, { bytes: statSync(file).size, days: 0 });
  const days = daysOf({ start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 9, 11) });
  save(database, {
    blocks: days.flatMap((day) => [
      awakeBlock(day, NOW, 7, 1000),
      block(day, NOW, [storageHour('m', day, 1, 1)], 'storage'),
    ]),
  });
  const full = database.size();
  assert.deepEqual(full, { bytes: statSync(file).size, days: 10 });
  assert.ok(full.bytes > empty.bytes);
  database.clear();
  assert.deepEqual(database.size(), empty);
  assert.equal(
    database.acquire(ACCOUNT, 'another', NOW, LEASE_MS).granted,
    false,
    'a lease that is held stays',
  );
  assert.equal(save(database, { failures: 1 }), true);
});

const FORGOTTEN = 'account-to-be-forgotten';

/** The files of a folder that hold a text. */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}

for (const [how, forget] of [
  [
    'an account is removed',
    (database: SqliteDatabase) => {
      database.drop([FORGOTTEN]);
    },
  ],
  [
    'what is kept is deleted',
    (database: SqliteDatabase) => {
      database.clear();
    },
  ],
] as const) {
  test(`when ${how}, no file holds its id any more, not even one that was set aside`, (t) => {
    const file = newFile(t);
    const database = databaseWithLease(t, file);
    const keep = (id: string): void => {
      database.account(id, SCOPE, NOW);
      database.acquire(id, OWNER, NOW, LEASE_MS);
      const blocks = Array.from({ length: 60 }, (_, at) => awakeBlock(`2026-10-${10 + (at % 20)}`, NOW, at));
      database.save(id, { owner: OWNER, now: NOW, blocks, failures: 1 });
      database.release(id, OWNER);
    };
    keep(FORGOTTEN);
    keep('another');
    writeFileSync(`${file}.unreadable-1`, `what was ${FORGOTTEN}`);
    writeFileSync(`${file}.unreadable-1-journal`, FORGOTTEN);
    assert.equal(filesWith(FORGOTTEN, dirname(file)).length, 3);
    forget(database);
    assert.deepEqual(filesWith(FORGOTTEN, dirname(file)), []);
    assert.equal(database.days('another', 'computeDays').size, how === 'an account is removed' ? 20 : 0);
  });
}

test('a row that is deleted is overwritten at once', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  const owner = 'window-to-be-forgotten';
  database.acquire('another', owner, NOW, LEASE_MS);
  assert.deepEqual(filesWith(owner, dirname(file)), ['usage.sqlite']);
  database.release('another', owner);
  assert.deepEqual(filesWith(owner, dirname(file)), []);
});
