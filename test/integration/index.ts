import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { RESULT_FILE, type SuiteResult } from './result';

/**
 * VS Code calls this once, inside the extension host. It runs every compiled `*.test.js` beside this file.
 *
 * @throws {Error} when a test failed, so that a launcher which looks at VS Code's exit code alone sees it too
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 20_000, reporter: 'spec' });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  const result = await collect(mocha);
  write(result);
  if (result.failed > 0) throw new Error(`${result.failed} integration tests failed`);
}

function collect(mocha: Mocha): Promise<SuiteResult> {
  const result: SuiteResult = {
    vscodeVersion: vscode.version,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...{ passed: 0, failed: 0, skipped: 0 },
    ...{ tests: [], failures: [] },
  };
  const add = (test: Mocha.Runnable, outcome: 'passed' | 'failed' | 'skipped'): void => {
    result[outcome] += 1;
    result.tests.push({ title: test.fullTitle(), outcome, milliseconds: test.duration ?? 0 });
  };
  return new Promise((resolve) => {
    mocha
      .run()
      .on('pass', (test) => {
        add(test, 'passed');
      })
      .on('pending', (test) => {
        add(test, 'skipped');
      })
      .on('fail', (test, error: unknown) => {
        add(test, 'failed');
        const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
        result.failures.push({ title: test.fullTitle(), message, stack });
      })
      .once('end', () => {
        resolve(result);
      });
  });
}

/** Under another name first: the launcher takes the file as complete as soon as it is there. */
function write(result: SuiteResult): void {
  const file = process.env[RESULT_FILE];
  if (file === undefined) return;
  writeFileSync(`${file}.part`, JSON.stringify(result, undefined, 2));
  renameSync(`${file}.part`, file);
}
