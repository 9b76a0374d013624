import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Found, Written } from './keepingRound';
import { ROWS } from './keptMonth';
import { held, type Measure } from './measure';
import { spread } from './spread';

const ROUNDS = 5;
const MEGABYTE = 1_000_000;

type Round = Written & Found;

/**
 * Keeping a month of 2,000 machines by the hour in the database, and finding figures in it, beside one SQL row a machine
 * and hour. Each round has a file of its own, and processes that have done nothing before.
 */
export async function keeping(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  try {
    const script = path.join(folder, 'round.cjs');
    const entry = path.join(__dirname, 'keepingRound.ts');
    await build({ entryPoints: [entry], bundle: true, platform: 'node', outfile: script });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await runRound(script, path.join(folder, String(round))));
    }
    return measures(rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runRound(script: string, folder: string): Promise<Round> {
  mkdirSync(folder);
  const written = await run<Written>(script, 'write', folder);
  const found = await run<Found>(script, 'read', folder);
  rmSync(folder, { recursive: true });
  return { ...written, ...found };
}

async function run<T>(script: string, task: string, folder: string): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, task, folder]);
  return JSON.parse(stdout) as T;
}

function measures(rounds: readonly Round[]): Measure[] {
  const of = (name: keyof Round): number => spread(rounds.map((round) => round[name])).median;
  console.log(`${ROWS.toLocaleString('en')} rows, ${ROUNDS} rounds; ms: median (least to most)`);
  for (const [name, what] of Object.entries(TIMES) as [keyof Round, string][]) {
    const { median, least, most } = spread(rounds.map((round) => round[name]));
    console.log(`  ${what}: ${median.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`);
  }
  const peer = 'one SQL row a machine and hour';
  return [
    held(
      'size of the file',
      { value: of('size') / MEGABYTE, unit: 'MB', peer, peerValue: of('rowsSize') / MEGABYTE },
      { must: '≤ 30', aim: '≤ 14' },
    ),
    held(
      'writing the month',
      { value: of('write') / 1000, unit: 's', peer, peerValue: of('rowsWrite') / 1000 },
      { must: '≤ 3', aim: '≤ 0.6' },
    ),
    held(
      'month to date by machine, from the file',
      { value: of('month'), unit: 'ms', peer, peerValue: of('rowsMonth') },
      { must: '≤ 15', aim: '≤ 5' },
    ),
    held(
      'hours of one machine over the month, from memory',
      { value: of('hours'), unit: 'ms', peer: 'the first time, from the file', peerValue: of('hoursFirst') },
      { must: '≤ 10', aim: '≤ 1' },
    ),
  ];
}

const TIMES: Partial<Record<keyof Round, string>> = {
  write: 'writing the month: days in one reply, hours in a reply a day',
  rowsWrite: 'writing the month as one SQL row a machine and hour',
  month: 'month to date by machine, from the file',
  monthFirst: 'the same, the first time in a process',
  monthInMemory: 'the same, again from memory',
  rowsMonth: 'month to date by machine from one SQL row a machine and hour',
  hours: 'hours of one machine over the month, from memory',
  hoursFirst: 'the same, the first time, from the file',
};

if (require.main === module) {
  keeping()
    .then((found) => {
      console.table(found);
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}
