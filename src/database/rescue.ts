import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Tables in order, parents before children. Leases are left out because they expire by themselves. */
const TABLES = [
  'account',
  'machine_list',
  'part',
  'block',
  'request',
  'restatement',
  'told',
  'quiet',
] as const;

/** These have no rowid, so damage ends the read. */
const WITHOUT_ROWID: ReadonlySet<string> = new Set(['account', 'request', 'told', 'quiet']);

/** Stops after this many consecutive misses. */
const MOST_MISSES = 10_000;

type Row = Readonly<Record<string, SQLInputValue>>;

/**
 * Copies every readable row of a damaged file, unless there is a newer one; within the caller's transaction. Values have their
 * own checksums, which are checked when they are decoded. Returns how many days of usage were copied.
 */
export function rescueRows(damaged: DatabaseSync, into: DatabaseSync): number {
  let days = 0;
  for (const table of TABLES) {
    const rescued = WITHOUT_ROWID.has(table) ? inOrder(damaged, table) : oneByOne(damaged, table);
    for (const row of rescued) {
      days += insert(into, table, row) && table === 'block' ? 1 : 0;
    }
  }
  return days;
}

function* inOrder(database: DatabaseSync, table: string): Generator<Row> {
  try {
    for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) {
      yield row;
    }
  } catch {
    return; // the rest lies behind the damage
  }
}

/** Reads each row by its rowid, so that a lost page takes no other row with it. */
function* oneByOne(database: DatabaseSync, table: string): Generator<Row> {
  let one;
  try {
    one = database.prepare(`SELECT * FROM ${table} NOT INDEXED WHERE rowid = ?`);
  } catch {
    return; // not even the table can be found
  }
  for (let rowid = 1, misses = 0; misses < MOST_MISSES; rowid += 1) {
    let row;
    try {
      row = one.get(rowid);
    } catch {
      row = undefined;
    }
    misses = row === undefined ? misses + 1 : 0;
    if (row !== undefined) {
      yield row;
    }
  }
}

/** False for a row that is there already, or whose account could not be rescued. */
function insert(database: DatabaseSync, table: string, row: Row): boolean {
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  try {
    const { changes } = database
      .prepare(`INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${places})`)
      .run(...Object.values(row));
    return Number(changes) === 1;
  } catch {
    return false;
  }
}
