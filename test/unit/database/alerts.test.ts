import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import type { PassedThreshold } from '../../../src/database/operations';
import { DAY, HOUR } from '../../../src/usage/time';
import { ACCOUNT, databaseWithLease, filledFile, newFile, NOW, openDatabase, SCOPE } from './databases';

const PERIOD = Date.UTC(2026, 10, 1);
const HALF: PassedThreshold = { budget: 'b', basis: 'actual', period: PERIOD, threshold: 50 };
const MOST: PassedThreshold = { ...HALF, threshold: 80 };

test('a threshold is told once, by whichever window comes first, and a lower one no more', (t) => {
  const file = newFile(t);
  const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
  assert.equal(one.claimAlert(ACCOUNT, HALF, NOW), true);
  assert.equal(two.claimAlert(ACCOUNT, HALF, NOW), false);
  assert.equal(two.claimAlert(ACCOUNT, { ...MOST, threshold: 100 }, NOW), true);
  assert.equal(one.claimAlert(ACCOUNT, MOST, NOW), false);
});

test('each budget, basis and account is told of its own; the next month again', (t) => {
  const database = openDatabase(t);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, { ...HALF, budget: 'c' }, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, { ...HALF, basis: 'forecast' }, NOW), true);
  assert.equal(database.claimAlert('other', HALF, NOW), true);
  const next = { ...HALF, period: Date.UTC(2026, 11, 1) };
  assert.equal(database.claimAlert(ACCOUNT, next, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, MOST, NOW), false, 'the month before is over');
});

test('a month that was told stays told when another budget is told of in the next one', (t) => {
  const database = openDatabase(t, newFile(t));
  const next = { ...HALF, basis: 'forecast' as const, period: HALF.period + 40 * DAY };
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, next, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), false, 'the clock of one window may be behind');
});

test('while it is quiet nothing is told, and what was passed meanwhile is told after it', (t) => {
  const file = newFile(t);
  const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
  one.claimAlert(ACCOUNT, HALF, NOW);
  one.snooze(ACCOUNT, 'b', NOW + DAY, NOW);
  two.snooze(ACCOUNT, 'b', NOW + HOUR, NOW);
  assert.equal(two.claimAlert(ACCOUNT, MOST, NOW + DAY - 1), false);
  assert.equal(two.claimAlert(ACCOUNT, { ...HALF, budget: 'c' }, NOW), true, 'other budgets are not');
  assert.equal(two.claimAlert(ACCOUNT, HALF, NOW + DAY), false, 'what was told stays told');
  assert.equal(two.claimAlert(ACCOUNT, MOST, NOW + DAY), true);
});

test('deleting the kept usage tells nothing twice; a removed account leaves nothing', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  database.claimAlert(ACCOUNT, HALF, NOW);
  database.snooze(ACCOUNT, 'c', NOW + DAY, NOW);
  database.clear();
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), false);
  database.drop(['another']);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), false);
  database.drop([ACCOUNT]);
  assert.deepEqual(rows(file), [0, 0]);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), true);
});

test('an account that is put under another scope is another account', (t) => {
  const database = databaseWithLease(t);
  database.release(ACCOUNT, 'window 1');
  database.claimAlert(ACCOUNT, HALF, NOW);
  database.account(ACCOUNT, `${SCOPE} of another`, NOW);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), true);
});

test('a file of the version before gets the tables, and keeps what is in it', (t) => {
  const file = filledFile(t);
  const before = new DatabaseSync(file);
  before.exec(
    'DROP TABLE told; DROP TABLE quiet; ALTER TABLE machine_list DROP COLUMN spare; ALTER TABLE block DROP COLUMN looked_at; ALTER TABLE block DROP COLUMN looked_check; PRAGMA user_version = 1',
  );
  before.close();
  const database = openDatabase(t, file);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, HALF, NOW), false);
  assert.equal(database.size().days, 4);
});

function rows(file: string): number[] {
  const raw = new DatabaseSync(file);
  const counts = ['told', 'quiet'].map((table) =>
    Number(raw.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']),
  );
  raw.close();
  return counts;
}
