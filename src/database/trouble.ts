import { DatabaseError, type DatabaseTroubleKind } from './operations';

/** The file cannot be read: it has been damaged, or is not ours. */
export class DamageError extends Error {}

/** A value within a sound file cannot be read: it counts as not kept, and nothing else is lost with it. */
export class DamagedValueError extends Error {}

/** The open file is no longer the one at the path. */
export class MovedError extends Error {}

/** Result codes of SQLite (sqlite3.h), and what they mean to us. */
const KINDS: Readonly<Record<number, DatabaseTroubleKind>> = {
  1: 'corrupt', // SQLITE_ERROR: our statements are right, so the tables are not ours
  5: 'busy', // SQLITE_BUSY
  6: 'busy', // SQLITE_LOCKED
  8: 'readOnly', // SQLITE_READONLY
  11: 'corrupt', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  26: 'corrupt', // SQLITE_NOTADB
  522: 'corrupt', // SQLITE_IOERR_SHORT_READ: the file ends too early
  778: 'full', // SQLITE_IOERR_WRITE: an exhausted quota is a write error
};

const SQLITE_READONLY_DBMOVED = 1032;

/** Another process, still on a set-aside file, took the journal for that file's; the transaction was rolled back. */
const SQLITE_IOERR_DELETE_NOENT = 5898;

/** Codes of Node, for what the file system refuses. */
const SYSTEM_KINDS: Readonly<Record<string, DatabaseTroubleKind>> = {
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  EEXIST: 'readOnly', // something else is where the folder should be
  ENOTDIR: 'readOnly',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EBUSY: 'busy',
  ERR_OUT_OF_RANGE: 'corrupt', // a whole number that was never written
};

export function kindOf(error: unknown): DatabaseTroubleKind {
  if (error instanceof DamageError) {
    return 'corrupt';
  }
  const { errcode, code } = codesOf(error);
  return KINDS[errcode] ?? KINDS[errcode & 0xff] ?? SYSTEM_KINDS[code] ?? 'internal';
}

/** Whether the path had, or briefly seemed to have, another file or none: the work can be retried. */
export function isMoved(error: unknown): boolean {
  const { errcode, code } = codesOf(error);
  return (
    error instanceof MovedError ||
    errcode === SQLITE_READONLY_DBMOVED ||
    errcode === SQLITE_IOERR_DELETE_NOENT ||
    code === 'ENOENT'
  );
}

export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Decodes kept bytes. Throws DamagedValueError when `decode` throws anything. */
export function undamaged<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new DamagedValueError(detailOf(error), { cause: error });
  }
}

/** The same; undefined when it throws anything. */
export function ifUndamaged<T>(decode: () => T): T | undefined {
  try {
    return undamaged(decode);
  } catch {
    return undefined;
  }
}

/** Turns anything thrown on the way into what an operation throws. */
export function toDatabaseError(error: unknown): DatabaseError {
  return error instanceof DatabaseError
    ? error
    : new DatabaseError({ kind: kindOf(error), detail: detailOf(error) }, { cause: error });
}

function codesOf(error: unknown): { errcode: number; code: string } {
  const { errcode, code } = (error instanceof Error ? error : {}) as { errcode?: unknown; code?: unknown };
  return {
    errcode: typeof errcode === 'number' ? errcode : 0,
    code: typeof code === 'string' ? code : '',
  };
}
