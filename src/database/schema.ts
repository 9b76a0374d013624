import type { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from './operations';
import { DamageError } from './trouble';

/** In the file's header, so that nobody takes another program's database for ours: "UsEx". */
const APPLICATION_ID = 0x55_73_45_78;

/**
 * From each version of the tables to the next; the first makes them. What has been released is never changed: a later
 * version of the extension adds a step.
 *
 * `account.revision` is a random mark, new with every write, so that an account that was dropped and made again differs
 * too. A lease outlives what is kept of its account, and so stands alone; so does what was told of its budgets. Times are
 * UTC milliseconds; values are packed, with a checksum.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE account (
    id TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    revision INTEGER NOT NULL,
    asked_at REAL NOT NULL DEFAULT 0,
    wait_until REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE part (
    account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    name TEXT NOT NULL,
    as_of REAL,
    value BLOB,
    failure BLOB,
    PRIMARY KEY (account, name)
  ) STRICT;
  CREATE TABLE block (
    account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    part TEXT NOT NULL,
    day TEXT NOT NULL,
    as_of REAL NOT NULL,
    hash TEXT NOT NULL,
    columns BLOB NOT NULL,
    PRIMARY KEY (account, part, day)
  ) STRICT;
  CREATE TABLE machine_list (
    account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    hash TEXT NOT NULL,
    list BLOB NOT NULL,
    PRIMARY KEY (account, hash)
  ) STRICT;
  CREATE TABLE request (
    account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    minute INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (account, minute)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE restatement (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
    count INTEGER NOT NULL,
    list BLOB NOT NULL
  ) STRICT;
  CREATE INDEX restatement_account ON restatement (account);
  CREATE TABLE lease (
    account TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE told (
    account TEXT NOT NULL,
    budget TEXT NOT NULL,
    basis TEXT NOT NULL,
    period REAL NOT NULL,
    threshold INTEGER NOT NULL,
    told_at REAL NOT NULL,
    PRIMARY KEY (account, budget, basis)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE quiet (
    account TEXT NOT NULL,
    budget TEXT NOT NULL,
    until REAL NOT NULL,
    PRIMARY KEY (account, budget)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE machine_list ADD COLUMN spare BLOB;
  UPDATE machine_list SET spare = list;
  `,
  // 0: kept without a proof that the vendor's reply covered the day.
  'ALTER TABLE block ADD COLUMN looked_at REAL NOT NULL DEFAULT 0',
  // The same with the other sign: what was damaged differs, and counts as 0.
  `
  ALTER TABLE block ADD COLUMN looked_check REAL NOT NULL DEFAULT 0;
  UPDATE block SET looked_check = -looked_at;
  `,
];

/**
 * Whether the tables are of this version; an older one, or none, has to be migrated. Writes nothing. Throws DatabaseError
 * `newer`, and DamageError when the file is not ours.
 */
export function isCurrent(database: DatabaseSync): boolean {
  const version = pragma(database, 'user_version');
  const empty = version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (!empty && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new DamageError('a database of something else');
  }
  if (version > STEPS.length) {
    throw new DatabaseError({ kind: 'newer', detail: `version ${version}` });
  }
  return version === STEPS.length;
}

/** Brings the tables of an older version, or of a file without any, to this one; within the caller's transaction. */
export function migrate(database: DatabaseSync): void {
  for (const step of STEPS.slice(pragma(database, 'user_version'))) {
    database.exec(step);
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${STEPS.length}`);
}

export function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
