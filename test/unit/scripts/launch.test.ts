import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { CHECKOUT, SUITE } from '../../../scripts/checkout';
import { TASK_LINES } from '../../../scripts/taskLines';

/* What F5 starts in VS Code: `.vscode/launch.json` and `tasks.json` name tasks, scripts, lines and files that there are. */

interface Launch {
  readonly configurations: readonly {
    readonly preLaunchTask?: string;
    readonly args: readonly string[];
  }[];
}

interface Task {
  readonly label: string;
  readonly script?: string;
  readonly command?: string;
  readonly dependsOn?: readonly string[];
  readonly problemMatcher?: {
    readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(CHECKOUT, file), 'utf8'));
const { configurations } = read('.vscode/launch.json') as Launch;
const { tasks } = read('.vscode/tasks.json') as { tasks: readonly Task[] };
const { scripts } = read('package.json') as { scripts: Readonly<Record<string, string>> };

test('each task that is named is there', () => {
  const named = [
    ...configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []),
    ...tasks.flatMap(({ dependsOn }) => dependsOn ?? []),
  ];
  const labels = tasks.map(({ label }) => label);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !labels.includes(name)),
    [],
  );
});

test('each npm script and each file that a task runs is there', () => {
  const commands = tasks.flatMap(({ command }) => command ?? []).join(' && ');
  const ran = [...commands.matchAll(/npm run (?:-s )?(\S+)/g)].map(([, name = '']) => name);
  const named = [...ran, ...tasks.flatMap(({ script }) => script ?? [])];
  assert.deepEqual([...new Set(named)].sort(), ['build', 'simulator', 'watch']);
  for (const name of named) assert.ok(Object.hasOwn(scripts, name), name);
  const files = [...commands.matchAll(/(?:tsx|cp) (\S+)/g)].map(([, file = '']) => file);
  assert.equal(files.length, 2);
  for (const file of files) assert.ok(existsSync(path.join(CHECKOUT, file)), file);
});

test('a task in the background is known by the lines that its script prints', () => {
  const known = tasks.flatMap(({ label, problemMatcher }) =>
    problemMatcher?.background === undefined ? [] : [{ label, ...problemMatcher.background }],
  );
  assert.deepEqual(
    known.map(({ label }) => label),
    Object.keys(TASK_LINES),
  );
  for (const { label, beginsPattern, endsPattern } of known) {
    const { begins, ends } = TASK_LINES[label as keyof typeof TASK_LINES];
    const matched = (pattern: string): boolean[] =>
      [begins, ends].map((line) => new RegExp(pattern).test(line));
    assert.deepEqual(
      [matched(beginsPattern), matched(endsPattern)],
      [
        [true, false],
        [false, true],
      ],
    );
  }
});

test('the integration suite is the one that the scripts write', () => {
  const args = configurations.flatMap((own) => own.args);
  assert.ok(args.includes(`--extensionTestsPath=${SUITE.replace(CHECKOUT, '${workspaceFolder}')}`));
});
