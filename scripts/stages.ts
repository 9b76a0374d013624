import path from 'node:path';
import { VSCODE_TEST, VSIX } from './checkout';
import { tallyOfIntegration } from './counts';
import { nodeTests, type Stage } from './stage';
import { TIME_ZONES } from './timeZones';
import type { Least } from './verdict';

const BUNDLES: Stage = { name: 'unit bundles', command: ['tsx', 'scripts/unitBundles.ts'] };

/** Checks without tests, longest first. */
const STATIC: readonly Stage[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
];

/** Rooms whose tests leave nothing behind in their process, so that one process runs all of a group, which is faster. */
const FIGURES = ['commands', 'dashboard', 'insights', 'protocol', 'usage', 'views'];
const STORES = ['database', 'platform', 'simulator', 'store', 'worker'];

/** Unit tests of the files whose names match a pattern, longest first. */
function unit(names: string, [stores, apart, figures]: readonly [Least, Least, Least]): readonly Stage[] {
  const of = (rooms: string): string => `out/unit/${rooms}/**/${names}.test.cjs`;
  const options = { runner: 'node', env: { TZ: 'UTC' } } as const;
  const together = { ...options, atOnce: 'together' } as const;
  const others = of(`!(${[...FIGURES, ...STORES].join('|')})`);
  const needs = [BUNDLES.name];
  return [
    { ...nodeTests('unit stores', [of(`{${STORES.join(',')}}`)], together), least: stores, needs },
    { ...nodeTests('unit', [others], { ...options, atOnce: 2 }), least: apart, needs },
    {
      ...nodeTests('unit figures', [of(`{${FIGURES.join(',')}}`), 'out/unit/*.test.cjs'], together),
      ...{ least: figures, needs },
    },
  ];
}

/** Files that take more than two seconds each, because they wait, or try a great deal. `npm run check` leaves them out. */
const SLOW =
  'accountChecks|accountListTrouble|damage|largeReplies|meaning|misbehaviour|ownFailures|silentDatabase|troubles';

/**
 * The rooms that read or write times, formats, ranges, words and files. No other can depend on the time zone: ESLint refuses
 * such code.
 */
const ZONED = [
  'out/unit/{usage,insights/export,views,dashboard}/**/*.test.cjs',
  'out/unit/providers/**/!(largeReplies).test.cjs',
];

/** The quick half, which `npm run check` runs. */
export const CHECK: readonly Stage[] = [
  BUNDLES,
  ...unit(`!(${SLOW})`, [
    { files: 46, tests: 386 },
    { files: 48, tests: 638 },
    { files: 110, tests: 809 },
  ]),
  ...STATIC,
];

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
      least: { files: 19, tests: 114 },
      ...INSIDE,
    },
  ];
}

/** All of `npm test`, in order. VS Code takes longest if it has to be built. */
export const STAGES: readonly Stage[] = [
  ...[VSCODE, BUNDLES, ...STATIC, PACKAGE],
  ...unit('*', [
    { files: 52, tests: 514 },
    { files: 50, tests: 643 },
    { files: 111, tests: 816 },
  ]),
  ...TIME_ZONES.filter((zone) => zone !== 'UTC').map((TZ) => ({
    ...nodeTests(`unit ${TZ}`, ZONED, { runner: 'node', atOnce: 'together', env: { TZ } }),
    least: { files: 96, tests: 822 },
    needs: [BUNDLES.name],
  })),
  { ...nodeTests('processes', ['test/processes/**/*.test.ts']), least: { files: 3, tests: 5 } },
  { ...nodeTests('contract', ['test/contract/**/*.test.ts']), least: { files: 3, tests: 30 } },
  { name: 'texts', command: ['npm', 'run', '--silent', 'check:texts'] },
  ...inVscode(),
];
