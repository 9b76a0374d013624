import path from 'node:path';
import { VSCODE_TEST, VSIX } from './checkout';
import { countIntegration } from './counts';
import { type Stage, nodeTests } from './stage';
import { TIME_ZONES } from './timeZones';

/** What the tests inside VS Code are made of. */
export const PREPARATION: readonly Stage[] = [
  { name: 'package', command: ['npm', 'run', '--silent', 'package'] },
  { name: 'VS Code', command: ['tsx', 'scripts/vscode/prepare.ts'], live: true },
];

const needs = PREPARATION.map(({ name }) => name);

/** The tests inside VS Code; with the time at which they run in their names, where that is another one. */
export function inVscode(time = ''): readonly [Stage, Stage] {
  const UI = { USAGE_EXPLORER_VSIX: VSIX };
  return [
    {
      ...{ name: `integration ${time}`.trim(), command: ['tsx', 'scripts/integration.ts'], needs },
      count: () => countIntegration(path.join(VSCODE_TEST, 'integration')),
    },
    { ...nodeTests(`UI ${time}`.trim(), 'test/ui/**/*.test.ts', ['--test-concurrency=1'], UI), needs },
  ];
}

/** All of `npm test`, in its order. */
export const STAGES: readonly Stage[] = [
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  ...TIME_ZONES.map((TZ) => nodeTests(`unit ${TZ}`, 'test/unit/**/*.test.ts', [], { TZ })),
  nodeTests('processes', 'test/processes/**/*.test.ts', ['--test-concurrency=1']),
  nodeTests('contract', 'test/contract/**/*.test.ts'),
  ...PREPARATION,
  ...inVscode(),
];
