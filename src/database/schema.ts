import type { DatabaseSync } from 'node:sqlite';
import { DatabaseError } from './operations';
import { DamageError } from './trouble';

/** "UsEx" in the file's header, to tell our database from another program's. */
const APPLICATION_ID = 0x55_73_45_78;

/**
 * Migrations from each version of the tables to the next; the first creates them. Released steps never change: a later
 * version of the extension adds a step.
 *
 * `account.revision` is random and new with every write, so that an account that was dropped and created again differs
 * too. Leases and budget alerts outlive their account's rows, so their tables do not reference it. Times are UTC
 * milliseconds; values are packed, with a checksum.
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
  // 0: stored without proof that the vendor's reply covered the day.
  'ALTER TABLE block ADD COLUMN looked_at REAL NOT NULL DEFAULT 0',
  // `looked_at` negated: a damaged value does not match, and counts as 0.
  `
  ALTER TABLE block ADD COLUMN looked_check REAL NOT NULL DEFAULT 0;
  UPDATE block SET looked_check = -looked_at;
  `,
];

/**
 * Whether the tables have the current version; older or missing ones must be migrated. Writes nothing. Throws DatabaseError
 * `newer`, and DamageError if the file is not ours.
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

/** Migrates older or missing tables to the current version; within the caller's transaction. */
export function migrate(database: DatabaseSync): void {
  for (const step of STEPS.slice(pragma(database, 'user_version'))) {
    database.exec(step);
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${STEPS.length}`);
}

export function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
