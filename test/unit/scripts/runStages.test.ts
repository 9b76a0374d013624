import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { runStages } from '../../../scripts/runStages';
import type { Stage } from '../../../scripts/stage';

const exitCode = (): number => Number(process.exitCode ?? 0);

/** Runs stages, and gives the lines that were printed and whether the process would end in failure. */
async function told(t: TestContext, stages: readonly Stage[]): Promise<{ lines: string[]; failed: boolean }> {
  const log = t.mock.method(console, 'log', () => undefined);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await runStages(stages);
    const lines = log.mock.calls.map(({ arguments: [line] }) => String(line).replace(/, [\d.]+ s$/, ''));
    return { lines, failed: exitCode() > 0 };
  } finally {
    process.exitCode = before;
    log.mock.restore();
  }
}

function marks(t: TestContext): {
  make: (name: string) => string;
  await: (name: string) => string;
  folder: string;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-stages-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (name: string): string => JSON.stringify(path.join(folder, name));
  return {
    folder,
    make: (name) => `require('node:fs').writeFileSync(${file(name)}, '');`,
    await: (name) => `while (!require('node:fs').existsSync(${file(name)}));`,
  };
}

const stage = (name: string, script: string, more: Partial<Stage> = {}): Stage => ({
  ...{ name: `test of stages ${name}`, command: [process.execPath, '-e', script] },
  ...more,
});

test('two stages go side by side', { timeout: 60_000 }, async (t) => {
  const mark = marks(t);
  const { lines, failed } = await told(t, [
    stage('a', mark.make('a') + mark.await('b')),
    stage('b', mark.make('b') + mark.await('a')),
  ]);
  assert.equal(lines.at(-1), '2 passed, 0 failed, 0 skipped');
  assert.equal(failed, false);
});

test('a stage begins once those that it needs have ended, and one that takes both cores goes alone', async (t) => {
  const mark = marks(t);
  const refuse = (name: string): string =>
    `if (require('node:fs').existsSync(${JSON.stringify(path.join(mark.folder, name))})) process.exitCode = 1;`;
  const during = (name: string): string =>
    mark.make(name) +
    `setTimeout(() => require('node:fs').rmSync(${JSON.stringify(path.join(mark.folder, name))}), 200);`;
  const { lines } = await told(t, [
    stage('later', refuse('first') + refuse('alone'), { needs: ['test of stages first'] }),
    stage('first', during('first')),
    stage('alone', refuse('first') + during('alone'), { cores: 2 }),
  ]);
  assert.equal(lines.at(-1), '3 passed, 0 failed, 0 skipped');
});

test('one that fails does not stop the others, but those that need it', async (t) => {
  const mark = marks(t);
  const { lines, failed } = await told(t, [
    stage('broken', 'process.exitCode = 3'),
    stage('vain', mark.make('vain'), { needs: ['test of stages broken'] }),
    stage('other', mark.make('other')),
  ]);
  assert.deepEqual(
    [existsSync(path.join(mark.folder, 'vain')), existsSync(path.join(mark.folder, 'other'))],
    [false, true],
  );
  assert.ok(
    lines.includes('test of stages vain: FAILED (not run: test of stages broken failed)'),
    lines.join('\n'),
  );
  assert.deepEqual(lines.slice(-2), [
    'Failed: test of stages broken, test of stages vain',
    '1 passed, 2 failed, 0 skipped',
  ]);
  assert.equal(failed, true);
});
