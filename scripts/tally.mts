import type { TestEvent } from 'node:test/reporters';
import type { Tally } from './counts';

/** A reporter for Node's test runner that writes the tally as JSON at the end. */
export async function* tally(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const sum: Tally = { passed: 0, failed: 0, skipped: [], suites: 0, files: {} };
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, details, skip, todo, ...place } = event.data;
    const file = fileOf(place);
    sum.files[file] ??= 0;
    if (details.type === 'suite') {
      sum.suites += 1;
      continue;
    }
    // A file that has no test, or that cannot be loaded, is reported as a test with its own name.
    const isTest = !file.endsWith(name);
    if (isTest) sum.files[file] += 1;
    if (event.type === 'test:fail') sum.failed += 1;
    else if (skip !== undefined || todo !== undefined) sum.skipped.push(name);
    else if (isTest) sum.passed += 1;
  }
  yield JSON.stringify(sum);
}

/** The file that was run; another file may define the test. */
function fileOf({ file = '', entryFile = file }: { file?: string; entryFile?: string }): string {
  return entryFile;
}

export { tally as default };
