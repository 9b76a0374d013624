import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { closeEditors } from './extension';
import { copyConsole } from './hostConsole';
import { consoleOf, RESULT_FILE, type SuiteResult } from './result';
import { sourceStack } from './sourceStack';

/** For what hangs. A test takes a second or two, and several times as long on a busy machine. */
const TIMEOUT_MS = 60_000;

/**
 * VS Code calls this once, inside the extension host. It runs every compiled `*.test.js` beside this file.
 *
 * @throws {Error} when a test failed, so that a launcher which looks at VS Code's exit code alone sees it too
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const resultFile = process.env[RESULT_FILE];
  if (resultFile !== undefined) copyConsole(consoleOf(resultFile));
  // mocha keeps the console's method of the time when it was loaded.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    console.log(...args);
  };
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    timeout: TIMEOUT_MS,
    reporter: 'spec',
    fullTrace: true,
    forbidOnly: true,
  });
  const files = testFiles();
  for (const file of files) mocha.addFile(path.join(__dirname, file));
  const result = await collect(mocha, files).catch(notLoaded);
  result.ended = new Date().toISOString();
  if (resultFile !== undefined) write(resultFile, result);
  if (result.failed > 0) throw new Error(`${result.failed} integration tests failed`);
}

/**
 * The suites `trust*` hold what is worked out against the vendor's books, which takes minutes and is the same in every zone:
 * they run in UTC. That no figure and no word depends on the zone is for the others to show.
 */
function testFiles(): string[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort();
  const isUtc = emptyResult().timeZone === 'UTC';
  if (!isUtc) console.log('The suites trust* run in UTC alone: what they look at is worked out in UTC.');
  return files.filter((file) => file.endsWith('.test.js') && (isUtc || !file.startsWith('trust')));
}

function emptyResult(): SuiteResult {
  return {
    vscodeVersion: vscode.version,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...{ began: new Date().toISOString(), ended: '' },
    ...{ passed: 0, failed: 0, skipped: 0, suites: 0 },
    ...{ files: {}, tests: [], failures: [] },
  };
}

/** mocha throws when a test file does so outside of its tests; the launcher would wait for a result in vain. */
function notLoaded(error: unknown): SuiteResult {
  return { ...emptyResult(), failed: 1, failures: [describeFailure('loading the test files', error)] };
}

function describeFailure(title: string, error: unknown): SuiteResult['failures'][number] {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return { title, message, stack: sourceStack(stack) };
}

function collect(mocha: Mocha, files: readonly string[]): Promise<SuiteResult> {
  const result = emptyResult();
  for (const file of files) result.files[file] = 0;
  const add = (test: Mocha.Runnable, outcome: 'passed' | 'failed' | 'skipped'): void => {
    const file = path.relative(__dirname, test.file ?? '');
    result.files[file] = (result.files[file] ?? 0) + 1;
    result[outcome] += 1;
    result.tests.push({ title: test.fullTitle(), outcome, milliseconds: test.duration ?? 0 });
  };
  return new Promise((resolve) => {
    mocha
      .run()
      .on('suite', (suite) => {
        if (suite.parent?.root !== true) return;
        result.suites += 1;
        suite.afterAll(closeEditors);
      })
      .on('pass', (test) => {
        add(test, 'passed');
      })
      .on('pending', (test) => {
        add(test, 'skipped');
      })
      .on('fail', (test, error: unknown) => {
        add(test, 'failed');
        result.failures.push(describeFailure(test.fullTitle(), error));
      })
      .once('end', () => {
        resolve(result);
      });
  });
}

/** Under another name first: the launcher takes the file as complete as soon as it is there. */
function write(file: string, result: SuiteResult): void {
  writeFileSync(`${file}.part`, JSON.stringify(result, undefined, 2));
  renameSync(`${file}.part`, file);
}
