import path from 'node:path';
import { VSCODE_TEST, VSIX } from './checkout';
import { type Counts, NONE, countIntegration, sum } from './counts';
import { type Outcome, type Stage, nodeTests, notRun, runStage } from './stage';
import { TIME_ZONES } from './timeZones';

const STAGES: readonly Stage[] = [
  { name: 'format', command: ['npm', 'run', '--silent', 'check:format'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
  ...TIME_ZONES.map((TZ) => nodeTests(`unit ${TZ}`, 'test/unit/**/*.test.ts', [], { TZ })),
  nodeTests('processes', 'test/processes/**/*.test.ts', ['--test-concurrency=1']),
  nodeTests('contract', 'test/contract/**/*.test.ts'),
  { name: 'package', command: ['npm', 'run', '--silent', 'package'] },
  { name: 'VS Code', command: ['tsx', 'scripts/vscode/prepare.ts'], live: true },
  {
    name: 'integration',
    command: ['tsx', 'scripts/integration.ts'],
    count: () => countIntegration(path.join(VSCODE_TEST, 'integration')),
    needs: ['package', 'VS Code'],
  },
  {
    ...nodeTests('UI', 'test/ui/**/*.test.ts', ['--test-concurrency=1'], { USAGE_EXPLORER_VSIX: VSIX }),
    needs: ['package', 'VS Code'],
  },
];

/** `npm test`: every stage in turn; a failed one does not stop those that can do without it. */
async function main(): Promise<void> {
  const failed = new Set<string>();
  let total: Counts = NONE;
  for (const stage of STAGES) {
    const missing = stage.needs?.find((name) => failed.has(name));
    const outcome = missing === undefined ? await runStage(stage) : notRun(stage, missing);
    console.log(describe(outcome));
    if (outcome.failed > 0) failed.add(stage.name);
    total = sum(total, outcome);
  }
  if (failed.size > 0) {
    console.log(`Failed: ${[...failed].join(', ')}`);
    process.exitCode = 1;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

function describe({ stage, passed, failed, skipped, seconds, problem }: Outcome): string {
  const counts = stage.count === undefined ? '' : ` ${passed} passed, ${failed} failed, ${skipped} skipped`;
  const verdict = failed > 0 ? 'FAILED' : 'ok';
  const reason = problem === undefined ? '' : ` (${problem})`;
  return `${stage.name}: ${verdict}${counts}${reason}, ${seconds.toFixed(1)} s`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
