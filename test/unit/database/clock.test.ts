import assert from 'node:assert/strict';
import test from 'node:test';
import type { PassedThreshold } from '../../../src/database/operations';
import { DAY, HOUR, MINUTE } from '../../../src/usage/time';
import {
  ACCOUNT,
  awakeBlock,
  databaseWithLease,
  DAY_ONE,
  LEASE_MS,
  NOW,
  openDatabase,
  OWNER,
  save,
  SCOPE,
} from './databases';

const PASSED: PassedThreshold = {
  ...{ budget: 'b', basis: 'actual', threshold: 50 },
  period: Date.UTC(2026, 10, 1),
};

test('a lease that ends later than one can is nobody’s', (t) => {
  const database = openDatabase(t);
  for (const ahead of [MINUTE, 2 * HOUR, 366 * DAY]) {
    database.acquire(ACCOUNT, 'dead', NOW + ahead, LEASE_MS);
    assert.equal(database.acquire(ACCOUNT, 'alive', NOW, LEASE_MS).granted, true, `${ahead}`);
    assert.equal(database.acquire(ACCOUNT, 'another', NOW + 1, LEASE_MS).granted, false);
    database.release(ACCOUNT, 'alive');
  }
  database.acquire(ACCOUNT, 'on another computer', NOW + 3000, LEASE_MS);
  assert.equal(database.acquire(ACCOUNT, 'alive', NOW, LEASE_MS).granted, false, 'clocks differ by seconds');
});

test('what was asked for and heard while the clock was ahead is void, until the clock has come there', (t) => {
  const database = databaseWithLease(t);
  save(database, { parts: { machines: { value: 'kept', asOf: NOW - DAY } } });
  const ahead = NOW + 5 * HOUR;
  const failure = { kind: 'serverError', status: 503, detail: '', retryAt: NOW + 366 * DAY } as const;
  save(database, {
    parts: { summary: { value: 'late', asOf: ahead }, storage: { failure } },
    ...{ askedAt: ahead, waitUntil: ahead + MINUTE, failures: 3 },
  });
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), {
    parts: { summary: {}, storage: {}, machines: { value: 'kept', asOf: NOW - DAY } },
    ...{ askedAt: 0, waitUntil: 0, failures: 0, requests: 0 },
  });
  assert.equal(database.account(ACCOUNT, SCOPE, ahead).waitUntil, ahead + MINUTE);
});

test('a wait of more than a day is void, and a shorter one takes its place', (t) => {
  const database = databaseWithLease(t);
  const wait = (): number => database.account(ACCOUNT, SCOPE, NOW).waitUntil;
  save(database, { askedAt: NOW, waitUntil: NOW + DAY });
  assert.equal(wait(), NOW + DAY);
  save(database, { waitUntil: NOW + 366 * DAY });
  assert.equal(wait(), 0);
  save(database, { waitUntil: NOW + MINUTE });
  assert.equal(wait(), NOW + MINUTE);
});

test('an answer takes the place of what was read ahead of it, and no change is made of that', (t) => {
  const database = databaseWithLease(t);
  const ahead = NOW + 9 * DAY;
  const [today, tomorrow, long] = ['2026-11-20', '2026-11-21', DAY_ONE];
  save(database, { blocks: [today, tomorrow, long].map((day) => awakeBlock(day, ahead, 0)) });
  save(database, { blocks: [awakeBlock(today, ahead + 1, 1)] });
  save(database, {
    blocks: [awakeBlock(today, NOW, 7)],
    parts: { summary: { value: 'now', asOf: NOW } },
  });
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', [today]), [awakeBlock(today, NOW, 7)]);
  assert.deepEqual(
    [...database.days(ACCOUNT, 'computeDays').keys()],
    [long, today],
    'a day that had not begun was never read; one that had closed long ago may have been',
  );
  assert.deepEqual(database.restatements(ACCOUNT), []);
});

test('a failure is no answer: a clock that is far behind drops nothing', (t) => {
  const database = databaseWithLease(t);
  save(database, {
    blocks: [awakeBlock('2026-11-20', NOW, 7)],
    parts: { summary: { value: 'kept', asOf: NOW } },
  });
  const behind = Date.UTC(2020, 0, 1);
  database.acquire(ACCOUNT, OWNER, behind, LEASE_MS);
  const failed = { now: behind, askedAt: behind, parts: { summary: { failure: { kind: 'cut' } as const } } };
  assert.equal(save(database, failed), true);
  assert.equal(database.days(ACCOUNT, 'computeDays').size, 1);
  assert.equal(database.account(ACCOUNT, SCOPE, NOW).parts.summary?.value, 'kept');
});

test('a budget that was told of ahead of time is told of again; a quiet time without end is void', (t) => {
  const database = openDatabase(t);
  assert.equal(
    database.claimAlert(ACCOUNT, { ...PASSED, period: Date.UTC(2026, 11, 1) }, NOW + 20 * DAY),
    true,
  );
  assert.equal(database.claimAlert(ACCOUNT, PASSED, NOW), true);
  assert.equal(database.claimAlert(ACCOUNT, PASSED, NOW), false);
  database.snooze(ACCOUNT, 'c', NOW + 366 * DAY, NOW + 335 * DAY);
  const other = { ...PASSED, budget: 'c' };
  assert.equal(database.claimAlert(ACCOUNT, other, NOW), true);
  database.snooze(ACCOUNT, 'c', NOW + DAY, NOW);
  assert.equal(
    database.claimAlert(ACCOUNT, { ...other, threshold: 80 }, NOW + HOUR),
    false,
    'this one holds',
  );
  assert.equal(database.claimAlert(ACCOUNT, { ...other, threshold: 80 }, NOW + DAY), true);
});
