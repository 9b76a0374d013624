import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { CHECKOUT } from '../../../scripts/checkout';
import type { Tally } from '../../../scripts/counts';
import { capture } from '../../../scripts/processes';
import { problemOf } from '../../../scripts/verdict';

/** What Node's test runner, with the reporter of the stages, makes of files of tests. */
async function tallied(t: TestContext, files: Readonly<Record<string, string>>): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-tally-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), `const { test, describe } = require('node:test');\n${text}`);
  }
  const reporter = path.join(CHECKOUT, 'scripts', 'tally.mts');
  const report = path.join(folder, 'report.json');
  await capture(
    process.execPath,
    [
      ...['--test', `--test-reporter=${reporter}`, `--test-reporter-destination=${report}`],
      ...Object.keys(files).map((name) => path.join(folder, name)),
    ],
    { env: { NODE_TEST_CONTEXT: undefined } },
  );
  const tally = JSON.parse(readFileSync(report, 'utf8')) as Tally;
  const short = Object.entries(tally.files).map(([file, tests]) => [path.basename(file), tests]);
  return { ...tally, files: Object.fromEntries(short) as Tally['files'] };
}

test('tests are counted by file: passed, failed and skipped ones, and those within others', async (t) => {
  const tally = await tallied(t, {
    'a.cjs': `
      test('passes', () => {});
      test('fails', () => { throw new Error('no'); });
      test('is skipped', (t) => { t.skip('no need'); });
      test('is to be done', { todo: true }, () => {});`,
    'b.cjs': `
      require('./elsewhere.cjs');
      describe('a suite', () => { test('within it', () => {}); });`,
    'elsewhere.cjs': `test('written elsewhere', () => {});`,
  });
  assert.deepEqual(tally, {
    passed: 4,
    failed: 1,
    skipped: ['is skipped', 'is to be done'],
    suites: 1,
    files: { 'a.cjs': 4, 'b.cjs': 2, 'elsewhere.cjs': 1 },
  });
});

test('a file without a test, and one that cannot be loaded, have none', async (t) => {
  const tally = await tallied(t, {
    'empty.cjs': '',
    'hollow.cjs': `describe('a suite', () => {});`,
    'broken.cjs': `throw new Error('not loaded');`,
  });
  assert.deepEqual(tally.files, { 'empty.cjs': 0, 'hollow.cjs': 0, 'broken.cjs': 0 });
  assert.deepEqual([tally.passed, tally.failed], [0, 1]);
});

const WHOLE: Tally = { passed: 5, failed: 0, skipped: [], suites: 2, files: { a: 3, b: 2 } };
const LEAST = { files: 2, tests: 5, suites: 2 };

test('a stage that has what it had is all right, and so is one with more', () => {
  assert.equal(problemOf(WHOLE, LEAST), undefined);
  assert.equal(problemOf({ ...WHOLE, passed: 6, suites: 3, files: { a: 3, b: 2, c: 1 } }, LEAST), undefined);
});

for (const [what, tally, problem] of [
  ['loses a file', { files: { a: 5 } }, 'ran 1 files; 2 is the least, by scripts/stages.ts'],
  ['loses a test', { passed: 4 }, 'ran 4 tests; 5 is the least, by scripts/stages.ts'],
  ['loses a suite', { suites: 1 }, 'ran 1 suites; 2 is the least, by scripts/stages.ts'],
  ['runs nothing', { passed: 0, files: {} }, 'ran no test'],
  ['has a file without a test', { files: { a: 5, b: 0 } }, 'b has no test'],
  [
    'skips what it may not',
    { skipped: ['adds up'] },
    '“adds up” was skipped, which scripts/verdict.ts does not allow',
  ],
] satisfies [string, Partial<Tally>, string][]) {
  test(`a stage that ${what} fails`, () => {
    assert.equal(problemOf({ ...WHOLE, ...tally }, LEAST), problem);
  });
}

test('what needs more than every machine has may be skipped', () => {
  const skipped = ['keeps whole replies when the disk is full'];
  assert.equal(problemOf({ ...WHOLE, passed: 4, skipped }, LEAST), undefined);
});
