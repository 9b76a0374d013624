import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError, type DatabaseTrouble } from '../../../src/database/operations';
import { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { DAY, HOUR, MINUTE, utcDay } from '../../../src/usage/time';
import { ACCOUNT, reply, REPLY_DAYS, SCOPE } from './replies';

/** What a window does with the database, in a process of its own: `<task> <file>`. */

/** A line of JSON on standard output. */
export interface Told {
  /** Of what `open` returned, or of what was thrown; empty when all went well. */
  readonly trouble: string;
  readonly setAside: boolean;
  /** Replies that were saved before the trouble. */
  readonly saved: number;
  /** Days that are kept after it. */
  readonly days: number;
}

const LEASE_MS = MINUTE;
const THRESHOLDS = 200;
const MOST = 1000;

const owner = `process ${process.pid}`;

/** Takes the lease, saves a reply, and gives the lease back now and then, until the process is killed. */
async function saveForever(database: SqliteDatabase): Promise<void> {
  for (let number = 0; ; number += 1) {
    if (database.acquire(ACCOUNT, owner, Date.now(), LEASE_MS).granted) {
      const now = Date.now(); // it may have waited for the file: what is asked for later is newer
      database.save(ACCOUNT, { owner, now, ...reply(process.pid * 1000 + number, now) });
    }
    if (number % 3 === 0) {
      database.release(ACCOUNT, owner);
    }
    if (number === 0) {
      process.stdout.write('working\n');
    }
    await pause(1); // another process waits for the file to be free
  }
}

/** Saves replies of one period before the other. */
function save(database: SqliteDatabase, count: number): Told {
  let saved = 0;
  let trouble: DatabaseTrouble | undefined;
  try {
    trouble = database.open();
    const now = Date.now();
    database.account(ACCOUNT, SCOPE, now);
    database.acquire(ACCOUNT, owner, now, LEASE_MS);
    for (; saved < count; saved += 1) {
      const first = Date.UTC(2026, 9, 1) - saved * REPLY_DAYS.length * DAY;
      const { parts, blocks } = reply(saved, now);
      const moved = blocks.map((block, at) => ({ ...block, day: utcDay(first + at * DAY) }));
      database.save(ACCOUNT, { owner, now, parts, blocks: moved });
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) {
      throw error;
    }
    trouble = error.trouble;
  }
  const setAside = trouble?.setAside !== undefined;
  return { trouble: trouble?.kind ?? '', setAside, saved, days: keptDays(database) };
}

/** Tells of thresholds, the lowest first, until it has asked for all of them; says which it was the first to tell. */
function tellAll(database: SqliteDatabase): number[] {
  database.open();
  const thresholds = Array.from({ length: THRESHOLDS }, (_, place) => place + 1);
  return thresholds.filter((threshold) =>
    database.claimAlert(ACCOUNT, { budget: 'b', basis: 'actual', period: 0, threshold }, Date.now()),
  );
}

function keptDays(database: SqliteDatabase): number {
  try {
    return database.days(ACCOUNT, 'computeDays').size;
  } catch {
    return 0;
  }
}

const [task, file = ''] = process.argv.slice(2);
const database = new SqliteDatabase({ file, closingMs: 6 * HOUR });
if (task === 'forever') {
  database.open();
  database.account(ACCOUNT, SCOPE, Date.now());
  void saveForever(database);
} else if (task === 'budgets') {
  process.stdout.write(`${JSON.stringify(tellAll(database))}\n`);
} else {
  process.stdout.write(`${JSON.stringify(save(database, task === 'fill' ? MOST : 1))}\n`);
}
