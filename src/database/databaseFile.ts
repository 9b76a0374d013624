import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type * as sqliteModule from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { DatabaseError, type DatabaseTrouble } from './operations';
import { rescueRows } from './rescue';
import { isCurrent, migrate, pragma } from './schema';
import { DamageError, detailOf, isMoved, kindOf, MovedError, toDatabaseError } from './trouble';

/** How long to wait for another process's transaction. */
const BUSY_MS = 5000;

/** The part of a set-aside file's name before the time. */
const SET_ASIDE = '.unreadable-';

type Sqlite = Pick<typeof sqliteModule, 'DatabaseSync'>;

interface Connection {
  readonly database: DatabaseSync;
  /** Which file it is, whatever its name. */
  readonly identity: string;
  /** `PRAGMA data_version` when it was last read. */
  dataVersion: number;
}

/**
 * The file and this process's connection to it. Other processes also have it open, and may set it aside when it is damaged. So
 * each transaction first checks that its file is still the one at the path. All methods throw DatabaseError.
 */
export class DatabaseFile {
  readonly #path: string;
  #connection: Connection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Opens or makes the file. Returns what had to be set aside to do so. */
  open(): DatabaseTrouble | undefined {
    this.close();
    return this.#onTheFile(() => this.#connect());
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.database.close();
  }

  /** Reads one state of the file. `use` processes the result while others may write again; it may find damage too. */
  read<T>(find: (database: DatabaseSync) => T): T;
  read<Found, T>(find: (database: DatabaseSync) => Found, use: (found: Found) => T): T;
  read(find: (database: DatabaseSync) => unknown, use = (found: unknown) => found): unknown {
    return this.#attempt((connection) => use(this.#transaction(connection, 'BEGIN', find)));
  }

  /** Does all of `work`, or nothing. */
  write<T>(work: (database: DatabaseSync) => T): T {
    return this.#attempt((connection) => this.#transaction(connection, 'BEGIN IMMEDIATE', work));
  }

  /** Removes every trace of dropped rows: frees their space, and deletes set-aside files, whose readable rows were copied. */
  shrink(): void {
    this.#attempt(({ database }) => {
      database.exec('VACUUM');
    });
    const start = basename(this.#path) + SET_ASIDE;
    const folder = dirname(this.#path);
    for (const name of readdirSync(folder).filter((own) => own.startsWith(start))) {
      rmSync(join(folder, name), { force: true });
    }
  }

  /** Whether another connection has written since the last call; true at first. */
  hasChanged(): boolean {
    return this.#attempt((connection) => {
      this.#checkName(connection);
      const dataVersion = pragma(connection.database, 'data_version');
      const changed = dataVersion !== connection.dataVersion;
      connection.dataVersion = dataVersion;
      return changed;
    });
  }

  /** Looks through the whole file for damage. */
  check(): void {
    this.read(
      (database) => database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'],
      (found) => {
        if (found !== 'ok') {
          throw new DamageError(String(found));
        }
      },
    );
  }

  /** Bytes. */
  size(): number {
    return this.#attempt(() => statSync(this.#path).size);
  }

  #attempt<T>(work: (connection: Connection) => T): T {
    return this.#onTheFile(() => this.#once(work));
  }

  /** Retries the work once if the path now has another file. */
  #onTheFile<T>(work: () => T): T {
    try {
      try {
        return work();
      } catch (error) {
        if (!isMoved(error)) {
          throw error;
        }
        this.close();
        return work();
      }
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  #once<T>(work: (connection: Connection) => T): T {
    const trouble = this.#connection === undefined ? this.#connect() : undefined;
    if (trouble !== undefined) {
      throw new DatabaseError(trouble);
    }
    const connection = this.#connection;
    if (connection === undefined) {
      throw new Error('no connection');
    }
    try {
      return work(connection);
    } catch (error) {
      if (kindOf(error) !== 'corrupt') {
        throw error;
      }
      this.close();
      throw new DatabaseError(this.#replace(connection.identity, error), { cause: error });
    }
  }

  #transaction<T>(connection: Connection, begin: string, work: (database: DatabaseSync) => T): T {
    const { database } = connection;
    this.#checkName(connection);
    database.exec(begin);
    try {
      this.#checkName(connection); // BEGIN may have had to wait
      if (!isCurrent(database)) {
        throw new MovedError();
      }
      const result = work(database);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack(database);
      throw error;
    }
  }

  /** Some failures have already rolled back. If ROLLBACK fails, closes, so that no transaction stays open. */
  #rollBack(database: DatabaseSync): void {
    try {
      database.exec('ROLLBACK');
    } catch {
      this.close();
    }
  }

  #checkName({ identity }: Connection): void {
    if (identityOf(this.#path) !== identity) {
      throw new MovedError();
    }
  }

  #connect(): DatabaseTrouble | undefined {
    loadSqlite(); // before anything is made
    makePlace(this.#path);
    const identity = identityOf(this.#path);
    try {
      this.#connection = connect(this.#path, identity);
      return undefined;
    } catch (error) {
      if (kindOf(error) !== 'corrupt') {
        throw error;
      }
      return this.#replace(identity, error);
    }
  }

  /**
   * Renames the file with this identity, and its journal, and opens a new one. Nobody else may use the old file meanwhile: a
   * journal is found by the file's name, so one file's would be taken for the other's. Windows itself refuses to rename a file
   * in use. Rows that can still be read are copied to the new file.
   */
  #replace(identity: string, cause: unknown): DatabaseTrouble {
    const setAside = this.#swap(identity);
    const rescued = rescue(setAside, this.#connection?.database);
    return { kind: 'corrupt', detail: detailOf(cause), setAside, ...(rescued === 0 ? {} : { rescued }) };
  }

  /** Returns where the old file is. */
  #swap(identity: string): string {
    const guard = process.platform === 'win32' ? undefined : lockOut(this.#path);
    try {
      if (identityOf(this.#path) !== identity) {
        throw new MovedError();
      }
      const setAside = `${this.#path}${SET_ASIDE}${Date.now()}`;
      rename(`${this.#path}-journal`, `${setAside}-journal`);
      rename(this.#path, setAside);
      makePlace(this.#path);
      this.#connection = connect(this.#path, identityOf(this.#path));
      return setAside;
    } finally {
      guard?.close();
    }
  }
}

function loadSqlite(): Sqlite {
  let sqlite: Partial<Sqlite> | undefined;
  let cause: unknown;
  try {
    sqlite = process.getBuiltinModule('node:sqlite');
  } catch (error) {
    cause = error; // some builds of Electron have the module without what it needs
  }
  if (sqlite?.DatabaseSync === undefined) {
    throw new DatabaseError({ kind: 'missing', detail: `Node ${process.version}` }, { cause });
  }
  return { DatabaseSync: sqlite.DatabaseSync };
}

/** Suffixes of SQLite's files beside a database. */
const BESIDE = ['-journal', '-wal', '-shm'];

/** Creates the folder and an empty file if missing. Only this person may read the file; an existing one is made private. */
function makePlace(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  accessSync(dirname(path), constants.W_OK);
  try {
    // Never opens an existing file: closing it would drop the locks of this process's other connections.
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    accessSync(path, constants.W_OK);
    for (const file of [path, ...BESIDE.map((ending) => path + ending)]) {
      tighten(file);
    }
  }
}

/** Removes all permissions except the owner's. Leaves another person's file alone, and a missing one. */
function tighten(file: string): void {
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      chmodSync(file, mode & 0o700);
    }
  } catch (error) {
    if (!['ENOENT', 'EPERM', 'EACCES', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function connect(path: string, identity: string): Connection {
  if (!statSync(path).isFile()) {
    throw new DamageError('not a file');
  }
  const database = new (loadSqlite().DatabaseSync)(path);
  try {
    // secure_delete overwrites deleted data with zeros.
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA secure_delete = ON`);
    // The file may have been set aside while it was being opened.
    if (identityOf(path) !== identity) {
      throw new MovedError();
    }
    const isNew = !isCurrent(database);
    // A WAL journal does not work on network file systems.
    database.exec('PRAGMA journal_mode = DELETE');
    if (isNew) {
      database.exec('BEGIN IMMEDIATE');
      if (!isCurrent(database)) {
        migrate(database);
      }
      database.exec('COMMIT');
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, identity, dataVersion: Number.NaN };
}

/** Best effort: the file is set aside in any case. Returns how many days were rescued. */
function rescue(path: string, into: DatabaseSync | undefined): number {
  let damaged: DatabaseSync | undefined;
  try {
    damaged = new (loadSqlite().DatabaseSync)(path, { readOnly: true });
    into?.exec('BEGIN IMMEDIATE');
    const days = into === undefined ? 0 : rescueRows(damaged, into);
    into?.exec('COMMIT');
    return days;
  } catch {
    if (into?.isTransaction === true) {
      into.exec('ROLLBACK');
    }
    return 0;
  } finally {
    damaged?.close();
  }
}

/** Opens an exclusive connection; undefined if the file does not even allow that. Throws when others are using the file. */
function lockOut(path: string): DatabaseSync | undefined {
  let guard: DatabaseSync | undefined;
  try {
    guard = new (loadSqlite().DatabaseSync)(path);
    guard.exec(`PRAGMA busy_timeout = ${BUSY_MS}; BEGIN EXCLUSIVE`);
    return guard;
  } catch (error) {
    guard?.close();
    if (kindOf(error) === 'busy') {
      throw error;
    }
    return undefined;
  }
}

/** Device and inode; empty where there is no file. */
function identityOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.dev}:${stats.ino}`;
}

/** Throws DatabaseError `busy` when another process has the file in use. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    accessSync(dirname(from), constants.W_OK);
    throw new DatabaseError({ kind: 'busy', detail: detailOf(error) }, { cause: error });
  }
}
