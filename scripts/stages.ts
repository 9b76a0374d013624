import path from 'node:path';
import { VSCODE_TEST, VSIX } from './checkout';
import { tallyOfIntegration } from './counts';
import { type Stage, nodeTests } from './stage';
import { TIME_ZONES } from './timeZones';

/** What needs no test: done side by side. */
const STATIC: readonly Stage[] = [
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  { name: 'unit bundles', command: ['tsx', 'scripts/unitBundles.ts'] },
];

const UNIT: Stage = {
  ...nodeTests('unit', ['out/unit/**/*.test.cjs'], { runner: 'node', atOnce: 2, env: { TZ: 'UTC' } }),
  least: { files: 127, tests: 1185 },
  needs: ['unit bundles'],
};

/**
 * The rooms that read or write times, formats, ranges, words and files. No other can depend on the zone: ESLint refuses all
 * that would.
 */
const ZONED = ['usage', 'providers', 'views', 'dashboard'].map((room) => `out/unit/${room}/**/*.test.cjs`);

/** The quick half, as `npm run check` does it; stages of a list are done side by side. */
export const CHECK: readonly (readonly Stage[])[] = [STATIC, [UNIT]];

const PACKAGE: Stage = { name: 'package', command: ['npm', 'run', '--silent', 'package'] };
const VSCODE: Stage = { name: 'VS Code', command: ['tsx', 'scripts/vscode/prepare.ts'], live: true };

/** What the tests inside VS Code are made of. */
export const PREPARATION: readonly Stage[] = [PACKAGE, VSCODE];

const needs = PREPARATION.map(({ name }) => name);

/** The tests inside VS Code; with the time at which they run in their names, where that is another one. */
export function inVscode(time = ''): readonly [Stage, Stage] {
  return [
    {
      ...{ name: `integration ${time}`.trim(), command: ['tsx', 'scripts/integration.ts'], needs },
      tally: () => tallyOfIntegration(path.join(VSCODE_TEST, 'integration')),
      least: { files: 12, tests: 272, suites: 48 },
    },
    {
      ...nodeTests(`UI ${time}`.trim(), ['test/ui/**/*.test.ts'], {
        env: { USAGE_EXPLORER_VSIX: VSIX },
      }),
      least: { files: 14, tests: 74 },
      needs,
    },
  ];
}

/** All of `npm test`, in its order; stages of a list are done side by side. */
export const STAGES: readonly (readonly Stage[])[] = [
  ...CHECK,
  TIME_ZONES.filter((zone) => zone !== 'UTC').map((TZ) => ({
    ...nodeTests(`unit ${TZ}`, ZONED, { runner: 'node', env: { TZ } }),
    least: { files: 72, tests: 675 },
    needs: ['unit bundles'],
  })),
  [
    { ...nodeTests('processes', ['test/processes/**/*.test.ts']), least: { files: 3, tests: 5 } },
    { ...nodeTests('contract', ['test/contract/**/*.test.ts']), least: { files: 3, tests: 30 } },
    { name: 'texts', command: ['npm', 'run', '--silent', 'check:texts'] },
    PACKAGE,
  ],
  [VSCODE],
  ...inVscode().map((stage) => [stage]),
];
