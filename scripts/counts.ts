import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type SuiteResult } from '../test/integration/result';

/** How many tests of a stage ended in which way. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Reads the closing lines that Node's test runner writes with its `tap` reporter. */
export function countTap(file: string): Counts {
  if (!existsSync(file)) return NONE;
  const lines = readFileSync(file, 'utf8').split('\n');
  const last = (name: string): number => {
    const line = lines.findLast((text) => text.startsWith(`# ${name} `));
    return Number(line?.slice(name.length + 3) ?? 0);
  };
  return {
    passed: last('pass'),
    failed: last('fail') + last('cancelled'),
    skipped: last('skipped') + last('todo'),
  };
}

/** Adds up the results that the integration suite left, one a time zone. */
export function countIntegration(folder: string): Counts {
  return globSync(path.join(folder, '*', 'result.json'))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as SuiteResult)
    .reduce(sum, NONE);
}

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
