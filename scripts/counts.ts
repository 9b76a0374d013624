import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type SuiteResult } from '../test/integration/result';

/** The result of a test run. */
export interface Tally {
  passed: number;
  failed: number;
  /** Titles of the tests that were skipped or are todo, each once per run. */
  skipped: string[];
  suites: number;
  /** How many tests each file has, by its path. */
  files: Record<string, number>;
}

export const NO_TALLY: Tally = { passed: 0, failed: 0, skipped: [], suites: 0, files: {} };

/** Reads what the reporter `tally` wrote. */
export function readTally(file: string): Tally {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : NO_TALLY;
}

/** Adds up the integration suite's results, one per time zone. */
export function tallyOfIntegration(folder: string): Tally {
  return globSync(path.join(folder, '*', 'result.json'))
    .map((file) => tallyOf(JSON.parse(readFileSync(file, 'utf8')) as SuiteResult))
    .reduce(together, NO_TALLY);
}

function tallyOf({ passed, failed, suites, files, tests }: SuiteResult): Tally {
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped').map(({ title }) => title);
  return { passed, failed, skipped, suites, files };
}

/** Merges two runs; a file in both has the tests of both. */
export function together(a: Tally, b: Tally): Tally {
  const files = { ...a.files };
  for (const [file, tests] of Object.entries(b.files)) files[file] = (files[file] ?? 0) + tests;
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
    suites: a.suites + b.suites,
    files,
  };
}
