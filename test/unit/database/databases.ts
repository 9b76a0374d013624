import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import {
  DatabaseError,
  type DatabaseTrouble,
  type KeptBlock,
  type Write,
} from '../../../src/database/operations';
import { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import type { BreakdownId } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { toColumns } from '../../../src/usage/columns/columns';
import { HOUR } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

/** Databases in files that go when the test is over. */

export const NOW = Date.UTC(2026, 10, 20, 12);
export const DAY_ONE = '2026-11-01';
export const SCOPE = 'dedalus organisation https://example.com';
/** What is known of an account at first. */
export const NOTHING = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };
export const ACCOUNT = 'a';
export const OWNER = 'window 1';
export const LEASE_MS = 15_000;
export const CLOSING_MS = 6 * HOUR;

/** A folder that is there, and the path of a database in it that is not. */
export function newFile(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-database-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return path.join(folder, 'usage.sqlite');
}

/** A database that is not open yet. */
export function databaseAt(t: TestContext, file: string): SqliteDatabase {
  const database = new SqliteDatabase({ file, closingMs: CLOSING_MS });
  t.after(() => {
    database.close();
  });
  return database;
}

export function openDatabase(t: TestContext, file = newFile(t)): SqliteDatabase {
  const database = databaseAt(t, file);
  database.open();
  return database;
}

/** An open database that knows an account and holds its lease. */
export function databaseWithLease(t: TestContext, file = newFile(t)): SqliteDatabase {
  const database = openDatabase(t, file);
  database.account(ACCOUNT, SCOPE, NOW);
  database.acquire(ACCOUNT, OWNER, NOW, LEASE_MS);
  return database;
}

export function save(database: SqliteDatabase, write: Partial<Write>): boolean {
  return database.save(ACCOUNT, { owner: OWNER, now: NOW, ...write });
}

export function block(
  day: string,
  asOf: number,
  buckets: readonly UsageBucket[],
  part: BreakdownId = 'computeDays',
): KeptBlock {
  return { part, day, asOf, columns: toColumns(buckets) };
}

/** What the call throws, which has to be a DatabaseError. */
export function troubleOf(work: () => unknown): DatabaseTrouble {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof DatabaseError, String(error));
    return error.trouble;
  }
  return assert.fail('nothing was thrown');
}

export const FILLED_DAYS = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'];

/** A closed database with a block a day, in which all machines were awake for as many seconds as the day of the month. */
export function filledFile(t: TestContext): string {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  save(database, { parts: { summary: { value: 'kept', asOf: NOW } }, blocks: FILLED_DAYS.map(filledBlock) });
  database.close();
  return file;
}

export function filledBlock(day: string): KeptBlock {
  return awakeBlock(day, NOW, FILLED_DAYS.indexOf(day) + 1, 1000);
}

/** That a reply can be kept and found. */
export function assertWorks(database: SqliteDatabase): void {
  database.account(ACCOUNT, SCOPE, NOW);
  database.acquire(ACCOUNT, OWNER, NOW, 1000);
  const block = awakeBlock(DAY_ONE, NOW + 1, 9);
  assert.equal(save(database, { blocks: [block] }), true);
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [block]);
}

/** A block of so many machines that have all been awake for so long. */
export function awakeBlock(day: string, asOf: number, awake: number | bigint, machines = 1): KeptBlock {
  const ids = Array.from({ length: machines }, (_, machine) => `machine-${machine}`);
  return block(
    day,
    asOf,
    ids.map((id) => computeDay(id, day, awake)),
  );
}
