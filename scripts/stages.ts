import path from 'node:path';
import { VSCODE_TEST, VSIX } from './checkout';
import { tallyOfIntegration } from './counts';
import { nodeTests, type Stage } from './stage';
import { TIME_ZONES } from './timeZones';

const BUNDLES: Stage = { name: 'unit bundles', command: ['tsx', 'scripts/unitBundles.ts'] };

/** Checks without tests, longest first. */
const STATIC: readonly Stage[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
];

const UNIT: Stage = {
  ...nodeTests('unit', ['out/unit/**/*.test.cjs'], { runner: 'node', atOnce: 2, env: { TZ: 'UTC' } }),
  least: { files: 204, tests: 1942 },
  ...{ needs: [BUNDLES.name], cores: 2 },
};

/**
 * The rooms that read or write times, formats, ranges, words and files. No other can depend on the time zone: ESLint refuses
 * such code.
 */
const ZONED = ['usage', 'providers', 'insights/export', 'views', 'dashboard'].map(
  (room) => `out/unit/${room}/**/*.test.cjs`,
);

/** The quick half, which `npm run check` runs. */
export const CHECK: readonly Stage[] = [BUNDLES, ...STATIC, UNIT];

const PACKAGE: Stage = { name: 'package', command: ['npm', 'run', '--silent', 'package'] };
const VSCODE: Stage = { name: 'VS Code', command: ['tsx', 'scripts/vscode/prepare.ts'], live: true };

/** What the tests inside VS Code need first. */
export const PREPARATION: readonly Stage[] = [PACKAGE, VSCODE];

/** Each takes the whole machine. */
const INSIDE = { needs: PREPARATION.map(({ name }) => name), cores: 2 };

/** The tests inside VS Code. Their names include the time at which they run, if it is given. */
export function inVscode(time = ''): readonly [Stage, Stage] {
  return [
    {
      ...{ name: `integration ${time}`.trim(), command: ['tsx', 'scripts/integration.ts'], ...INSIDE },
      tally: () => tallyOfIntegration(path.join(VSCODE_TEST, 'integration')),
      least: { files: 12, tests: 279, suites: 48 },
    },
    {
      ...nodeTests(`UI ${time}`.trim(), ['test/ui/**/*.test.ts'], {
        atOnce: 2,
        env: { USAGE_EXPLORER_VSIX: VSIX },
      }),
      least: { files: 21, tests: 111 },
      ...INSIDE,
    },
  ];
}

/** All of `npm test`, in order. VS Code takes longest if it has to be built. */
export const STAGES: readonly Stage[] = [
  ...[VSCODE, BUNDLES, ...STATIC, PACKAGE],
  UNIT,
  ...TIME_ZONES.filter((zone) => zone !== 'UTC').map((TZ) => ({
    ...nodeTests(`unit ${TZ}`, ZONED, { runner: 'node', env: { TZ } }),
    least: { files: 92, tests: 805 },
    needs: [BUNDLES.name],
  })),
  { ...nodeTests('processes', ['test/processes/**/*.test.ts']), least: { files: 3, tests: 5 } },
  { ...nodeTests('contract', ['test/contract/**/*.test.ts']), least: { files: 3, tests: 30 } },
  { name: 'texts', command: ['npm', 'run', '--silent', 'check:texts'] },
  ...inVscode(),
];
