import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { DatabaseError, type DatabaseTrouble, type KeptBlock } from '../../../src/database/operations';
import type { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { runs } from '../../support/runs';
import { awakeBlock, databaseAt, LEASE_MS, newFile, NOW, openDatabase, OWNER, SCOPE } from './databases';

/* One flipped bit takes away what it is in, and nothing else. */

const ACCOUNTS = ['a', 'b', 'c'];
const DAYS = Array.from({ length: 60 }, (_, day) =>
  new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10),
);

/** Of a fleet that stays the same, so that all days share its names. Large enough that a block takes more than a page. */
function blockOf(account: string, day: string): KeptBlock {
  return awakeBlock(day, NOW, ACCOUNTS.indexOf(account) * 1000 + DAYS.indexOf(day), 3);
}

function filled(t: TestContext): string {
  const file = newFile(t);
  const database = openDatabase(t, file);
  for (const id of ACCOUNTS) {
    database.account(id, SCOPE, NOW);
    database.acquire(id, OWNER, NOW, LEASE_MS);
    const blocks = DAYS.map((day) => blockOf(id, day));
    const parts = { summary: { value: `of ${id}`, asOf: NOW } };
    assert.equal(database.save(id, { owner: OWNER, now: NOW, askedAt: NOW, parts, blocks }), true);
  }
  database.close();
  return file;
}

/** Flips the middle bit of a value. */
function flip(file: string, table: string, column: string, where: string): void {
  const database = new DatabaseSync(file);
  const select = `SELECT rowid, ${column} AS value FROM ${table} WHERE ${where}`;
  const { rowid, value } = database.prepare(select).get() as { rowid: number; value: Uint8Array };
  const middle = value.length >> 1;
  value[middle] = (value[middle] ?? 0) ^ 0x10;
  database.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(value, rowid);
  database.close();
}

function read(database: SqliteDatabase, id: string): KeptBlock[] {
  return database.blocks(id, 'computeDays', DAYS);
}

function asides(file: string): string[] {
  return readdirSync(path.dirname(file)).filter((name) => name.includes('unreadable'));
}

test('a block with a flipped bit is dropped alone, and its day is free to be read again', (t) => {
  const file = filled(t);
  flip(file, 'block', 'columns', `account LIKE 'b %' AND day = '${DAYS[30] ?? ''}'`);
  const database = openDatabase(t, file);
  database.changed();
  assert.deepEqual(
    read(database, 'b'),
    DAYS.filter((_, day) => day !== 30).map((day) => blockOf('b', day)),
  );
  assert.equal(database.days('b', 'computeDays').size, DAYS.length - 1);
  for (const id of ['a', 'c']) {
    assert.deepEqual(
      read(database, id),
      DAYS.map((day) => blockOf(id, day)),
    );
  }
  assert.deepEqual(asides(file), []);
  database.account('b', SCOPE, NOW);
  database.acquire('b', OWNER, NOW, LEASE_MS);
  const anew = [blockOf('b', DAYS[30] ?? '')];
  assert.equal(database.save('b', { owner: OWNER, now: NOW, blocks: anew }), true);
  assert.equal(read(database, 'b').length, DAYS.length);
});

test('a list of machines with a flipped bit takes none of the days that share it', (t) => {
  const file = filled(t);
  flip(file, 'machine_list', 'list', `account LIKE 'a %'`);
  const database = openDatabase(t, file);
  assert.equal(read(database, 'a').length, DAYS.length);
  assert.deepEqual(asides(file), []);
});

test('a summary with a flipped bit counts as never read; the days stay', (t) => {
  const file = filled(t);
  flip(file, 'part', 'value', `account LIKE 'c %'`);
  const database = openDatabase(t, file);
  assert.deepEqual(database.account('c', SCOPE, NOW).parts, { summary: {} });
  assert.equal(database.account('c', SCOPE, NOW).askedAt, NOW);
  assert.equal(read(database, 'c').length, DAYS.length);
  assert.deepEqual(asides(file), []);
});

test('lists of machines that were kept once only are kept twice from the next version of the tables on', (t) => {
  const file = filled(t);
  const before = new DatabaseSync(file);
  before.exec(
    'ALTER TABLE machine_list DROP COLUMN spare; ALTER TABLE block DROP COLUMN looked_at; ALTER TABLE block DROP COLUMN looked_check; PRAGMA user_version = 2',
  );
  before.close();
  openDatabase(t, file).close();
  flip(file, 'machine_list', 'list', `account LIKE 'a %'`);
  assert.equal(read(openDatabase(t, file), 'a').length, DAYS.length);
});

/** Everything that can be had, over what is said of trouble on the way. */
function readThrough(database: SqliteDatabase): { blocks: KeptBlock[]; troubles: DatabaseTrouble[] } {
  const troubles: DatabaseTrouble[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      assert.ok(error instanceof DatabaseError, String(error));
      troubles.push(error.trouble);
      return undefined;
    }
  };
  const opened = attempt(() => database.open());
  troubles.push(...(opened === undefined ? [] : [opened]));
  attempt(() => database.changed());
  for (const id of ACCOUNTS) {
    attempt(() => read(database, id));
  }
  return { blocks: ACCOUNTS.flatMap((id) => attempt(() => read(database, id)) ?? []), troubles };
}

test('one bit anywhere behind the header costs an account at most, and gives no wrong figure', (t) => {
  const good = readFileSync(filled(t));
  const all = ACCOUNTS.flatMap((id) => DAYS.map((day) => blockOf(id, day)));
  const file = newFile(t);
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let worst = all.length;
  for (let run = 0; run < runs(60); run += 1) {
    const content = Buffer.from(good);
    const at = 100 + random(good.length - 100); // the header is another matter: that is what makes it a database
    content[at] = (content[at] ?? 0) ^ (1 << random(8));
    writeFileSync(file, content);
    const database = databaseAt(t, file);
    const { blocks, troubles } = readThrough(database);
    database.close();
    // When it was last looked for counts as never where that is damaged.
    const wrong = blocks.filter(
      ({ lookedAt = 0, ...figures }) => lookedAt !== 0 || !all.some((one) => isDeepStrictEqual(one, figures)),
    );
    assert.deepEqual(wrong, [], `bit in byte ${at}`);
    const isSchema = at < 4096;
    worst = isSchema ? worst : Math.min(worst, blocks.length);
    assert.ok(
      isSchema || blocks.length >= (all.length * 2) / 3,
      `byte ${at}: ${blocks.length} ${JSON.stringify(troubles)}`,
    );
  }
  t.diagnostic(`of ${all.length} blocks at least ${worst} were left`);
});
