import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT, VSCODE_TEST } from './checkout';
import { NO_TALLY, readTally, type Tally } from './counts';
import { run } from './processes';
import { type Least, problemOf } from './verdict';

/** One step of `npm test`. */
export interface Stage {
  name: string;
  command: readonly [string, ...string[]];
  env?: NodeJS.ProcessEnv;
  /** Shows the command's output as it comes, not only when it fails. */
  live?: boolean;
  /** Its test results; a stage without it counts as one test. */
  tally?: () => Tally;
  least?: Least;
  /** Names of stages that must end first; if one of them failed, this one is not run. */
  needs?: readonly string[];
  /** How many cores it keeps busy; 1 by default. */
  cores?: number;
}

export interface Outcome extends Tally {
  stage: Stage;
  seconds: number;
  /** Why the stage counts as failed beyond its failed tests. */
  problem?: string;
}

const LOGS = path.join(VSCODE_TEST, 'logs');
const LINES_SHOWN = 150;

export interface NodeTestsOptions {
  runner?: 'node' | 'tsx';
  /** How many files at a time, each in a process of its own. With `together` one process runs them one after the other. */
  atOnce?: number | 'together';
  env?: NodeJS.ProcessEnv;
}

/** A stage of Node's own test runner. */
export function nodeTests(
  name: string,
  files: readonly string[],
  { runner = 'tsx', atOnce = 1, env = {} }: NodeTestsOptions = {},
): Stage {
  const report = logFile(name, 'json');
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/tally.mts', `--test-reporter-destination=${report}`],
  ];
  const processes = atOnce === 'together' ? '--test-isolation=none' : `--test-concurrency=${atOnce}`;
  const command = [runner, '--test', processes, ...reporters, ...files] as const;
  return { name, command, env, tally: () => readTally(report) };
}

/** Runs a stage to its end. A failed one prints the end of its log. */
export async function runStage(stage: Stage): Promise<Outcome> {
  const start = Date.now();
  mkdirSync(LOGS, { recursive: true });
  rmSync(logFile(stage.name, 'json'), { force: true });
  const code = await runCommand(stage);
  const outcome = { stage, ...judge(stage, code), seconds: (Date.now() - start) / 1000 };
  if (outcome.failed > 0 && stage.live !== true) printLog(stage);
  return outcome;
}

/** The outcome of a stage that could not run. */
export function notRun(stage: Stage, because: string): Outcome {
  return { stage, ...NO_TALLY, failed: 1, seconds: 0, problem: `not run: ${because} failed` };
}

/** A line on how a stage ended. */
export function describe({ stage, seconds, problem, ...tally }: Outcome): string {
  const counts = stage.tally === undefined ? '' : ` ${countsOf(tally)}`;
  const verdict = tally.failed > 0 ? 'FAILED' : 'ok';
  const reason = problem === undefined ? '' : ` (${problem})`;
  return `${stage.name}: ${verdict}${counts}${reason}, ${seconds.toFixed(1)} s`;
}

export function countsOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}

function judge(stage: Stage, code: number): Tally & { problem?: string } {
  if (stage.tally === undefined)
    return { ...NO_TALLY, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const tally = stage.tally();
  const ended = code !== 0 && tally.failed === 0 ? `ended with ${code}` : undefined;
  const problem = problemOf(tally, stage.least) ?? ended;
  return problem === undefined ? tally : { ...tally, failed: Math.max(1, tally.failed), problem };
}

async function runCommand(stage: Stage): Promise<number> {
  const [command, ...args] = stage.command;
  const PATH = [path.join(CHECKOUT, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter);
  const surroundings = { cwd: CHECKOUT, env: { ...stage.env, PATH } };
  if (stage.live === true) return run(command, args, surroundings);
  const log = openSync(logFile(stage.name, 'log'), 'w');
  try {
    return await run(command, args, surroundings, log);
  } finally {
    closeSync(log);
  }
}

function printLog(stage: Stage): void {
  const file = logFile(stage.name, 'log');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  console.log(`--- ${stage.name}: the end of ${file}`);
  console.log(lines.slice(-LINES_SHOWN).join('\n'));
  console.log('---');
}

function logFile(name: string, extension: string): string {
  return path.join(LOGS, `${name.replace(/\W+/g, '-')}.${extension}`);
}
