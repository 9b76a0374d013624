import process from 'node:process';

/**
 * One room, such as `http`, with its own tests alone; all of them with all tests without it. Files that try thousands of cases or
 * damage whole databases are left out then, so run its survivors again with all tests.
 */
const room = process.env.USAGE_EXPLORER_ROOM;
const SLOW = '*Properties|sample|rowDecoders|model|damage|flippedBits|silentDatabase|accountListTrouble';

/**
 * Mutation tests: each change of the code that no unit test notices is a survivor. Each unit test file is one test here,
 * bundled, so that it starts at once; of a changed line only the files that reach it run.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [`src/${room ?? '{usage,http,providers,database,store,insights}'}/**/*.ts`],
  testRunner: 'tap',
  tap: {
    testFiles: [room === undefined ? 'out/unit/**/*.test.cjs' : `out/unit/${room}/**/!(${SLOW}).test.cjs`],
    nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'],
  },
  buildCommand: 'tsx scripts/unitBundles.ts',
  coverageAnalysis: 'perTest',
  ignorePatterns: ['.vscode-test', 'dist', 'out', 'docs', 'test/ui', 'test/integration', '*.vsix'],
  concurrency: 2,
  timeoutMS: 5_000,
  dryRunTimeoutMinutes: 20,
  tempDirName: '.vscode-test/mutation/sandbox',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  jsonReporter: { fileName: '.vscode-test/mutation/report.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
