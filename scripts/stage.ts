import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT, VSCODE_TEST } from './checkout';
import { type Counts, countTap } from './counts';
import { run } from './processes';

/** One step of `npm test`. */
export interface Stage {
  name: string;
  command: readonly [string, ...string[]];
  env?: NodeJS.ProcessEnv;
  /** Shows what the command prints as it comes, in place of only when it fails. */
  live?: boolean;
  /** How many tests ran; a stage without it counts as one test. */
  count?: () => Counts;
  /** Names of earlier stages without which this one makes no sense. */
  needs?: readonly string[];
}

export interface Outcome extends Counts {
  stage: Stage;
  seconds: number;
  /** Why the stage counts as failed beyond its failed tests. */
  problem?: string;
}

const LOGS = path.join(VSCODE_TEST, 'logs');
const LINES_SHOWN = 150;

/** A stage of Node's own test runner; the counts come from its `tap` report. */
export function nodeTests(
  name: string,
  pattern: string,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Stage {
  const report = logFile(name, 'tap');
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${report}`],
  ];
  const command = ['tsx', '--test', ...args, ...reporters, pattern] as const;
  return { name, command, env, count: () => countTap(report) };
}

/** Runs a stage to its end. A failed one prints the end of its log. */
export async function runStage(stage: Stage): Promise<Outcome> {
  const start = Date.now();
  mkdirSync(LOGS, { recursive: true });
  const report = logFile(stage.name, 'tap');
  rmSync(report, { force: true });
  const code = await runCommand(stage);
  const outcome = { stage, ...judge(stage, code), seconds: (Date.now() - start) / 1000 };
  if (outcome.failed > 0 && stage.live !== true) printLog(stage);
  return outcome;
}

/** What a stage counts as that could not run. */
export function notRun(stage: Stage, because: string): Outcome {
  return { stage, passed: 0, failed: 1, skipped: 0, seconds: 0, problem: `not run: ${because} failed` };
}

/** A line on how a stage ended. */
export function describe({ stage, passed, failed, skipped, seconds, problem }: Outcome): string {
  const counts = stage.count === undefined ? '' : ` ${passed} passed, ${failed} failed, ${skipped} skipped`;
  const verdict = failed > 0 ? 'FAILED' : 'ok';
  const reason = problem === undefined ? '' : ` (${problem})`;
  return `${stage.name}: ${verdict}${counts}${reason}, ${seconds.toFixed(1)} s`;
}

function judge(stage: Stage, code: number): Counts & { problem?: string } {
  if (stage.count === undefined)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = stage.count();
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, problem: 'ran no test' };
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, problem: `ended with ${code}` };
  return counts;
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
