import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { ensureSystemPackages } from '../../../scripts/vscode/debian';

/** A computer that lacks all commands, with an `apt-get` that writes down how it was called. */
function bareComputer(t: TestContext, uid: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-debian-'));
  const calls = path.join(folder, 'calls');
  writeFileSync(path.join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >> '${calls}'\n`, { mode: 0o755 });
  for (const command of ['sh', 'cat']) symlinkSync(`/bin/${command}`, path.join(folder, command));
  const before = process.env['PATH'];
  process.env['PATH'] = folder;
  t.mock.method(process as { getuid: () => number }, 'getuid', () => uid);
  t.after(() => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true });
  });
  return calls;
}

test('who is root is told beforehand what is installed on the computer, and how', async (t) => {
  const calls = bareComputer(t, 0);
  const told: string[] = [];
  t.mock.method(console, 'log', (line: string) => {
    if (!existsSync(calls)) told.push(line);
  });
  await ensureSystemPackages();
  const line = told.find((each) => each.includes('apt-get install')) ?? '';
  assert.match(line, /^As root, this now installs Debian packages/);
  for (const name of ['chromium', 'g++', 'make', 'python3']) assert.ok(line.includes(name), name);
  assert.match(readFileSync(calls, 'utf8'), /^update\ninstall --yes .*chromium/);
});

test('nobody else has anything installed, and is told what is missing', async (t) => {
  const calls = bareComputer(t, 1000);
  t.mock.method(console, 'log', () => undefined);
  await assert.rejects(ensureSystemPackages(), /These packages are missing: .*chromium/);
  assert.equal(existsSync(calls), false);
});
