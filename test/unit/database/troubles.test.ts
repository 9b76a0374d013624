import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import type { DatabaseTroubleKind } from '../../../src/database/operations';
import type { Told } from './child';
import {
  ACCOUNT,
  assertWorks,
  awakeBlock,
  databaseAt,
  databaseWithLease,
  FILLED_DAYS,
  filledFile,
  LEASE_MS,
  newFile,
  NOW,
  openDatabase,
  OWNER,
  save,
  SCOPE,
  troubleOf,
} from './databases';
import { bundleChild, tell, works } from './processes';
import { REPLY_DAYS } from './replies';
import { replaceSqlite, sqliteWith } from './sqliteSeam';

function kindOf(work: () => unknown): DatabaseTroubleKind {
  return troubleOf(work).kind;
}

test('says that there is no SQLite, and makes nothing', (t) => {
  const file = path.join(path.dirname(newFile(t)), 'folder', 'usage.sqlite');
  const failures = [
    () => undefined,
    () => ({}),
    () => {
      throw new Error('No such binding: sqlite');
    },
  ];
  for (const sqlite of failures) {
    replaceSqlite(t, sqlite);
    assert.equal(
      kindOf(() => databaseAt(t, file).open()),
      'missing',
    );
    assert.equal(existsSync(path.dirname(file)), false);
    t.mock.restoreAll();
  }
});

for (const [what, ahead] of [
  ['the very next version', 1],
  ['a much later version', 97],
] as const) {
  test(`leaves the file of ${what} as it is, at the start and later`, (t) => {
    const file = filledFile(t);
    const database = openDatabase(t, file);
    upgrade(file, ahead);
    const content = readFileSync(file);
    const calls: (() => unknown)[] = [
      () => databaseAt(t, file).open(),
      () => database.account(ACCOUNT, 'another scope', NOW),
      () => database.days(ACCOUNT, 'computeDays'),
      () => database.blocks(ACCOUNT, 'computeDays', FILLED_DAYS),
      () => save(database, { askedAt: NOW }),
      () => database.acquire(ACCOUNT, OWNER, NOW, 1000),
      () => {
        database.release(ACCOUNT, OWNER);
      },
      () => database.restatements(ACCOUNT),
      () => {
        database.drop([ACCOUNT]);
      },
      () => database.changed(),
      () => database.size(),
      () => {
        database.clear();
      },
    ];
    for (const call of calls) {
      assert.equal(kindOf(call), 'newer', String(call));
    }
    assert.deepEqual(readFileSync(file), content);
    assert.deepEqual(readdirSync(path.dirname(file)), ['usage.sqlite']);
  });
}

test('leaves the file as it is that a later version takes over while this one is about to', (t) => {
  const file = filledFile(t);
  const before = new DatabaseSync(file);
  before.exec(
    'DROP TABLE told; DROP TABLE quiet; ALTER TABLE machine_list DROP COLUMN spare; ALTER TABLE block DROP COLUMN looked_at; ALTER TABLE block DROP COLUMN looked_check; PRAGMA user_version = 1',
  );
  before.close();
  let content: Buffer | undefined;
  class Overtaken extends DatabaseSync {
    override exec(sql: string): void {
      if (sql.startsWith('BEGIN') && content === undefined) {
        upgrade(file, 98);
        content = readFileSync(file);
      }
      super.exec(sql);
    }
  }
  replaceSqlite(t, () => ({ DatabaseSync: Overtaken }));
  assert.equal(
    kindOf(() => databaseAt(t, file).open()),
    'newer',
  );
  assert.deepEqual(readFileSync(file), content);
  assert.deepEqual(readdirSync(path.dirname(file)), ['usage.sqlite']);
});

/** What a later version of the extension does to the file, so many versions of the tables ahead. */
function upgrade(file: string, ahead: number): void {
  const later = new DatabaseSync(file);
  const version = Number(later.prepare('PRAGMA user_version').get()?.['user_version']);
  later.exec(`PRAGMA user_version = ${version + ahead}; CREATE TABLE novelty (a)`);
  later.close();
}

test('says that the file is in use, changes nothing, and works when it is free again', (t) => {
  const file = filledFile(t);
  replaceSqlite(t, sqliteWith('PRAGMA busy_timeout = 20'));
  const database = openDatabase(t, file);
  const other = new DatabaseSync(file);
  t.after(() => {
    other.close();
  });
  other.exec('BEGIN EXCLUSIVE');
  assert.equal(
    kindOf(() => database.account(ACCOUNT, SCOPE, NOW)),
    'busy',
  );
  assert.equal(
    kindOf(() => database.acquire(ACCOUNT, OWNER, NOW, LEASE_MS)),
    'busy',
  );
  assert.equal(
    kindOf(() => databaseAt(t, file).open()),
    'busy',
  );
  other.exec('ROLLBACK');
  assertWorks(database);

  // A reader keeps a writer from finishing only.
  other.exec('BEGIN');
  other.prepare('SELECT count(*) FROM block').get();
  assert.equal(
    kindOf(() => save(database, { failures: 8 })),
    'busy',
  );
  other.exec('ROLLBACK');
  assert.equal(database.account(ACCOUNT, SCOPE, NOW).failures, 0);
  assertWorks(database);
});

test('says that there is no room, and keeps what was kept before', (t) => {
  replaceSqlite(t, sqliteWith('PRAGMA max_page_count = 40'));
  const database = databaseWithLease(t);
  const [small, large] = [awakeBlock('2026-11-01', NOW, 1, 10), awakeBlock('2026-11-02', NOW, 1, 80_000)];
  save(database, { blocks: [small], failures: 1 });
  assert.equal(
    kindOf(() => save(database, { blocks: [small, large], failures: 2 })),
    'full',
  );
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', ['2026-11-01', '2026-11-02']), [small]);
  assert.equal(database.account(ACCOUNT, SCOPE, NOW).failures, 1);
  assertWorks(database);
});

test('drops all rows when there is no room to give their space back', (t) => {
  const database = openDatabase(t, filledFile(t));
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
  t.mock.method(DatabaseSync.prototype, 'exec', function exec(this: DatabaseSync, sql: string): void {
    if (sql === 'VACUUM') {
      throw full;
    }
    this.prepare(sql).run();
  });
  assert.equal(
    kindOf(() => {
      database.clear();
    }),
    'full',
  );
  t.mock.restoreAll();
  assert.equal(database.size().days, 0);
});

/** Runs a script with a path as its first argument in a file system that goes with it; at most a megabyte fits. */
const IN_SMALL_DISK = [
  'unshare',
  '-Urm',
  'sh',
  '-c',
  'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" "$3" fill "$1/usage.sqlite"',
  'sh',
];

/** The same with files of 400 KB at most, which is what a quota does. */
const WITH_QUOTA = ['sh', '-c', 'ulimit -f 800 && exec "$2" "$3" fill "$1/usage.sqlite"', 'sh'];

for (const [what, command] of [
  ['the disk is full', IN_SMALL_DISK],
  ['a quota is used up', WITH_QUOTA],
] as const) {
  test(`keeps whole replies when ${what}`, async (t) => {
    const folder = path.dirname(newFile(t));
    if (!works([...command, folder, 'true'])) {
      t.skip(`${command[0]} cannot do this here`);
      return;
    }
    const script = await bundleChild(path.dirname(newFile(t)));
    const told = await tell([...command, folder, process.execPath, script]);
    assert.equal(told.trouble, 'full');
    assert.ok(told.saved > 0);
    assert.equal(told.days, told.saved * REPLY_DAYS.length);
  });
}
test('says that nothing can be written, and makes nothing', async (t) => {
  const script = await bundleChild(readableFolder(t));
  const user = anotherUser();
  if (!works([process.execPath, '-e', ''], user) || !works(['test', '-r', script], user)) {
    t.skip('another user cannot run Node here');
    return;
  }
  const folder = readableFolder(t);
  chmodSync(folder, 0o555);
  const run = (file: string): Promise<Told> => tell([process.execPath, script, 'once', file], user);
  assert.equal((await run(path.join(folder, 'usage.sqlite'))).trouble, 'readOnly');
  assert.equal((await run(path.join(folder, 'below', 'usage.sqlite'))).trouble, 'readOnly');
  assert.deepEqual(readdirSync(folder), []);

  const kept = filledFile(t);
  const file = path.join(folder, 'usage.sqlite');
  chmodSync(folder, 0o755);
  copyFileSync(kept, file);
  chmodSync(file, 0o666);
  chmodSync(folder, 0o555);
  assert.equal((await run(file)).trouble, 'readOnly', 'there is no place for a journal');
  chmodSync(folder, 0o777);
  chmodSync(file, 0o444);
  assert.equal((await run(file)).trouble, 'readOnly');
  assert.deepEqual(readFileSync(file), readFileSync(kept));
  assert.deepEqual(readdirSync(folder), ['usage.sqlite']);
});

test('says that nothing can be written any more', (t) => {
  const database = databaseWithLease(t);
  save(database, { failures: 1 });
  database.close();
  replaceSqlite(t, sqliteWith('PRAGMA query_only = ON'));
  assert.equal(
    kindOf(() => save(database, { failures: 2 })),
    'readOnly',
  );
  assert.equal(database.account(ACCOUNT, SCOPE, NOW).failures, 1);
});

/** A folder that other users may look into. */
function readableFolder(t: TestContext): string {
  const folder = path.dirname(newFile(t));
  chmodSync(folder, 0o755);
  return folder;
}

/** For root no file is read-only. */
function anotherUser(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}
