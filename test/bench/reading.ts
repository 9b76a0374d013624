import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { WORKER } from '../../scripts/bundles';
import { held, type Measure } from './measure';
import type { Round } from './networkWays';
import { MACHINES, replyFile } from './replyFile';
import { spread } from './spread';

/** Hours: a day, about the longest reply that `JSON.parse` can take, and a month of 31 days. */
const DAY_HOURS = 24;
const PARSED_HOURS = 350;
const MONTH_HOURS = 744;

const PARSED_ROUNDS = 5;
const DAY_ROUNDS = 9;
const MONTH_ROUNDS = 3;

type Rounds<Way extends string> = Record<Way, Round[]>;

/**
 * Reading of long replies: from disk beside `JSON.parse` and stream-json; over the network, from a server in another
 * process, beside only taking the bytes. Each round in a new process, the ways in turn.
 */
export async function reading(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  try {
    const script = await bundleRound(folder);
    return [
      ...(await fromDisk(script)),
      ...(await dayOverNetwork(script)),
      ...(await monthOverNetwork(script)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function bundleRound(folder: string): Promise<string> {
  const outfile = path.join(folder, 'round.cjs');
  await build({
    entryPoints: [path.join(__dirname, 'readingRound.ts')],
    ...{ outfile, bundle: true, platform: 'node', target: 'node22', format: 'cjs' },
  });
  await build({ ...WORKER, minify: true, outfile: path.join(folder, 'worker.js') });
  return outfile;
}

async function fromDisk(script: string): Promise<Measure[]> {
  const file = await replyFile(PARSED_HOURS);
  const megabytes = statSync(file).size / 1e6;
  const rounds = await inTurn(script, ['rows', 'json', 'streamJson'], file, PARSED_ROUNDS);
  const speed = (way: keyof typeof rounds): number => {
    const found = spread(rounds[way].map(({ time }) => (megabytes / time) * 1000));
    tell(`${way} from disk, ${megabytes.toFixed(0)} MB`, found, 'MB/s');
    return found.median;
  };
  const [rows, json, streamJson] = [speed('rows'), speed('json'), speed('streamJson')];
  return [
    held(
      'rows from disk against JSON.parse',
      { value: rows / json, unit: '×', peer: 'JSON.parse, MB/s', peerValue: json },
      { must: '≥ 1.65', aim: '≥ 1.75' },
    ),
    held(
      'rows from disk against stream-json',
      { value: rows / streamJson, unit: '×', peer: 'stream-json, MB/s', peerValue: streamJson },
      { must: '≥ 6', aim: '≥ 10' },
    ),
  ];
}

async function dayOverNetwork(script: string): Promise<Measure[]> {
  const { network, drain } = await overNetwork(script, DAY_HOURS, DAY_ROUNDS);
  const pause = pauseOf(network, `a day of ${MACHINES} machines`);
  const peerValue = pauseOf(drain, 'only taking its bytes');
  return [
    held(
      'longest pause while a day comes',
      { value: pause, unit: 'ms', peer: 'only taking its bytes, ms', peerValue },
      { must: '≤ 25', aim: '≤ 8' },
    ),
  ];
}

async function monthOverNetwork(script: string): Promise<Measure[]> {
  const { network, drain } = await overNetwork(script, MONTH_HOURS, MONTH_ROUNDS);
  const pause = pauseOf(network, 'a month');
  const peerValue = pauseOf(drain, 'only taking its bytes');
  const memory = memoryOf(network, 'a month');
  return [
    held(
      'longest pause while a month comes',
      { value: pause, unit: 'ms', peer: 'only taking its bytes, ms', peerValue },
      { must: '≤ 50', aim: `≤ ${Math.round(peerValue + 10)}` },
    ),
    held(
      'memory for a month, at most',
      {
        ...{ value: memory, unit: 'MB', peer: 'only taking its bytes, MB' },
        peerValue: memoryOf(drain, 'only taking its bytes'),
      },
      { must: '≤ 200', aim: '≤ 150' },
    ),
  ];
}

async function overNetwork(
  script: string,
  hours: number,
  count: number,
): Promise<Rounds<'network' | 'drain'>> {
  const server = spawn(process.execPath, [script, 'serve', await replyFile(hours)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return await inTurn(script, ['network', 'drain'], await firstLine(server), count);
  } finally {
    server.kill();
  }
}

export async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) {
    throw new Error('the server has no output');
  }
  const [line] = (await once(stdout, 'data')) as [Buffer];
  return line.toString().trim();
}

/** Rounds of several ways that read the same, one after the other, so that what else runs here meets them all. */
async function inTurn<Way extends string>(
  script: string,
  ways: readonly Way[],
  from: string,
  count: number,
): Promise<Rounds<Way>> {
  const rounds = Object.fromEntries(ways.map((way) => [way, [] as Round[]])) as Rounds<Way>;
  for (let round = 0; round < count; round += 1) {
    for (const way of ways) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, way, from]);
      rounds[way].push(JSON.parse(stdout) as Round);
    }
  }
  const sums = new Set(Object.values<Round[]>(rounds).flatMap((own) => own.flatMap(({ sum }) => sum ?? [])));
  if (sums.size !== 1) {
    throw new Error(`the ways do not agree: ${[...sums].join(', ')}`);
  }
  return rounds;
}

function pauseOf(rounds: readonly Round[], what: string): number {
  const found = spread(rounds.map(({ pause }) => pause));
  tell(`${what}: longest pause`, found, 'ms');
  return found.median;
}

function memoryOf(rounds: readonly Round[], what: string): number {
  const found = spread(rounds.map(({ memory }) => memory / 1e6));
  tell(`${what}: memory`, found, 'MB');
  return found.median;
}

export function tell(what: string, { median, least, most }: ReturnType<typeof spread>, unit: string): void {
  console.log(`${what}: median ${median.toFixed(1)} ${unit} (${least.toFixed(1)} to ${most.toFixed(1)})`);
}

if (require.main === module) {
  reading().then(console.table, (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
