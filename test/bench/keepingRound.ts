import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SqliteDatabase } from '../../src/database/sqliteDatabase';
import { startAt, type UsageColumns } from '../../src/usage/columns/columns';
import { MachineRows } from '../../src/usage/columns/machineRows';
import { machineUsages } from '../../src/usage/columns/machines';
import { monthTotals } from '../../src/usage/columns/monthTotals';
import { dutyHours } from '../../src/usage/duty';
import { DAY, HOUR, startOfDay, utcDay } from '../../src/usage/time';
import { dayOf, DAYS, hoursOf, MACHINE_IDS } from './keptMonth';
import { spread } from './spread';

/** One round of the benchmark in a process of its own: `write <folder>`, and then `read <folder>`, print JSON. */

/** Milliseconds, but for the sizes, which are bytes. */
export interface Written {
  readonly write: number;
  readonly size: number;
  readonly rowsWrite: number;
  readonly rowsSize: number;
}

export interface Found {
  /** From the block of totals, the first time in this process and the median of some more; from the days; and from memory. */
  readonly monthFirst: number;
  readonly month: number;
  readonly monthFromDays: number;
  readonly monthInMemory: number;
  readonly hoursFirst: number;
  readonly hours: number;
  readonly rowsMonth: number;
}

const ACCOUNT = 'account';
const OWNER = 'owner';
const NOW = Date.UTC(2026, 10, 10);
const AGAIN = 7;

const FIRST = utcDay(Date.UTC(2026, 9, 1));
const MONTH = { start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) };

const METERS = ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'] as const;

function write(folder: string): Written {
  const month = DAYS.map((day) => {
    const hours = hoursOf(day);
    return { day, hours, columns: dayOf(day, hours) };
  });
  const database = open(folder);
  database.acquire(ACCOUNT, OWNER, NOW, DAY);
  const product = time(() => {
    // As replies come: the days at once, the hours of each day by themselves.
    const days = month.map(({ day, columns }) => ({ part: 'computeDays' as const, day, asOf: NOW, columns }));
    const compute = new Map(month.map(({ day, columns }) => [day, columns]));
    const usages = machineUsages({ compute, storage: new Map(), machines: [] });
    const totals = {
      part: 'monthTotals' as const,
      day: FIRST,
      asOf: NOW,
      columns: monthTotals(usages, MONTH),
    };
    database.save(ACCOUNT, { owner: OWNER, now: NOW, blocks: [...days, totals] });
    for (const { day, hours } of month) {
      const block = { part: 'computeHours' as const, day, asOf: NOW, columns: hours };
      database.save(ACCOUNT, { owner: OWNER, now: NOW, blocks: [block] });
    }
  });
  database.close();
  const rows = openRows(folder);
  const rowsWrite = time(() => {
    for (const { hours } of month) {
      writeRows(rows, hours);
    }
  });
  rows.close();
  return {
    write: product,
    size: statSync(fileIn(folder)).size,
    rowsWrite,
    rowsSize: statSync(rowsIn(folder)).size,
  };
}

/** The plain way: one row a machine and hour, in the order in which they come. */
function openRows(folder: string): DatabaseSync {
  const rows = new DatabaseSync(rowsIn(folder));
  rows.exec(`CREATE TABLE IF NOT EXISTS hour (start INTEGER, machine INTEGER, ${METERS.join(' INTEGER, ')} INTEGER,
    PRIMARY KEY (start, machine)) STRICT, WITHOUT ROWID`);
  return rows;
}

function writeRows(rows: DatabaseSync, hours: UsageColumns): void {
  const insert = rows.prepare('INSERT INTO hour VALUES (?, ?, ?, ?, ?)');
  const [awake, cpu, memory] = METERS.map((meter) => hours.amounts.get(meter) ?? new Float64Array());
  rows.exec('BEGIN IMMEDIATE');
  for (let row = 0; row < hours.length; row += 1) {
    insert.run(
      startAt(hours, row),
      hours.subject[row] ?? 0,
      awake?.[row] ?? 0,
      cpu?.[row] ?? 0,
      memory?.[row] ?? 0,
    );
  }
  rows.exec('COMMIT');
}

const KNOWN = { compute: true, storage: false };

function read(folder: string): Found {
  const database = open(folder);
  const load = (part: 'computeDays' | 'computeHours'): Map<string, UsageColumns> =>
    new Map(database.blocks(ACCOUNT, part, DAYS).map(({ day, columns }) => [day, columns]));
  const month = (): unknown => {
    const [block] = database.blocks(ACCOUNT, 'monthTotals', [FIRST]);
    return machineUsages({ compute: undefined, storage: undefined, machines: [], totals: block?.columns });
  };
  const monthFirst = time(month);
  const monthAgain = again(month);
  const monthFromDays = again(() => new MachineRows(load('computeDays'), undefined, KNOWN).totals());
  const days = load('computeDays');
  const monthInMemory = again(() => new MachineRows(days, undefined, KNOWN).totals());

  const machine = MACHINE_IDS[1234];
  const slots = { start: startOfDay(DAYS[0] ?? ''), length: HOUR, count: DAYS.length * 24 };
  let blocks: UsageColumns[] = [];
  const hoursFirst = time(() => {
    blocks = [...load('computeHours').values()];
    dutyHours(blocks, slots, machine);
  });
  const hours = again(() => dutyHours(blocks, slots, machine));

  const rows = openRows(folder);
  const sums = METERS.map((meter) => `sum(${meter})`).join(', ');
  const byMachine = rows.prepare(`SELECT machine, ${sums} FROM hour GROUP BY machine`);
  const rowsMonth = again(() => byMachine.all());
  return { monthFirst, month: monthAgain, monthFromDays, monthInMemory, hoursFirst, hours, rowsMonth };
}

function fileIn(folder: string): string {
  return `${folder}/usage.sqlite`;
}

function rowsIn(folder: string): string {
  return `${folder}/rows.sqlite`;
}

function open(folder: string): SqliteDatabase {
  const database = new SqliteDatabase({ file: fileIn(folder), closingMs: 6 * HOUR });
  database.open();
  database.account(ACCOUNT, 'scope', NOW);
  return database;
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function again(work: () => unknown): number {
  return spread(Array.from({ length: AGAIN }, () => time(work))).median;
}

const [task, folder = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(task === 'write' ? write(folder) : read(folder)));
