import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SqliteDatabase } from '../../src/database/sqliteDatabase';
import type { UsageColumns } from '../../src/usage/columns/columns';
import { MachineRows } from '../../src/usage/columns/machineRows';
import { byMachine, stackedSeries } from '../../src/usage/columns/series';
import { DAY, HOUR, startOfDay } from '../../src/usage/time';
import type { GrowthPoint } from './growth';
import { dayOf, DAYS, hoursOf, machineIds } from './keptMonth';
import { spread } from './spread';

/** A fleet in a process and a file of its own, day after day: `<machines> <days>…` prints its points as JSON. */

const ACCOUNT = 'account';
const OWNER = 'owner';
const NOW = Date.UTC(2026, 10, 10);
const ROUNDS = 7;
const KNOWN = { compute: true, storage: false };

function main([machines = 0, ...lengths]: readonly number[]): GrowthPoint[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  try {
    const file = path.join(folder, 'usage.sqlite');
    const ids = machineIds(machines);
    return lengths.map((days, index) => {
      add(file, ids, DAYS.slice(lengths[index - 1] ?? 0, days));
      const bytes = statSync(file).size;
      return { machines, days, bytes, ...read(file, days) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function add(file: string, ids: readonly string[], days: typeof DAYS): void {
  const database = open(file);
  database.acquire(ACCOUNT, OWNER, NOW, DAY);
  for (const day of days) {
    const hours = hoursOf(day, ids);
    const blocks = [
      { part: 'computeDays' as const, day, asOf: NOW, columns: dayOf(day, hours, ids) },
      { part: 'computeHours' as const, day, asOf: NOW, columns: hours },
    ];
    database.save(ACCOUNT, { owner: OWNER, now: NOW, blocks });
  }
  database.close();
}

/** From the file each time: nothing of it is kept between two rounds but by the system. */
function read(file: string, count: number): { totals: number; chart: number } {
  const database = open(file);
  const days = DAYS.slice(0, count);
  const load = (part: 'computeDays' | 'computeHours'): Map<string, UsageColumns> =>
    new Map(database.blocks(ACCOUNT, part, days).map(({ day, columns }) => [day, columns]));
  const slots = { start: startOfDay(days[0] ?? ''), length: HOUR, count: 24 * count };
  const totals = least(() => new MachineRows(load('computeDays'), undefined, KNOWN).totals());
  const chart = least(() => {
    const blocks = [...load('computeHours').values()];
    return stackedSeries({ blocks, meter: 'awake_seconds', slots, groupBy: byMachine, top: 10 });
  });
  database.close();
  return { totals, chart };
}

function open(file: string): SqliteDatabase {
  const database = new SqliteDatabase({ file, closingMs: 6 * HOUR });
  database.open();
  database.account(ACCOUNT, 'scope', NOW);
  return database;
}

/** Other work on the machine only adds time, and a point that stands out would bend its line. */
function least(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return spread(times).least;
}

process.stdout.write(JSON.stringify(main(process.argv.slice(2).map(Number))));
