import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Tables in an order in which each row finds its parent. Leases are left out: they end by themselves. */
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

/** Needs a rowid to go on after an unreadable row. */
const WITHOUT_ROWID: ReadonlySet<string> = new Set(['account', 'request', 'told', 'quiet']);

/** Stops after this many empty places in a row. */
const MOST_MISSES = 10_000;

type Row = Readonly<Record<string, SQLInputValue>>;

/**
 * Takes over every row of a damaged file that can still be read, unless there is a newer one; within the caller's
 * transaction. Values have checksums of their own, which are looked at when they are opened. Returns how many days of usage
 * were taken over.
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

/** Reads each row by its place, so that a lost page takes no other row with it. */
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
