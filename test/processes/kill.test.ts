import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { mulberry32 } from '../simulator/random';
import { LEASE_MS, newFile, openDatabase } from '../unit/database/databases';
import { bundleChild } from '../unit/database/processes';
import { ACCOUNT, REPLY_DAYS, SCOPE } from '../unit/database/replies';

const KILLS = 100;

/** The longest that a process works, in milliseconds: some saves. */
const LONGEST_MS = 60;

test('a process that is killed at any moment leaves whole replies and no damage', async (t) => {
  const file = newFile(t);
  const script = await bundleChild(dirname(file));
  const random = mulberry32(20_261_120);
  let journals = 0;
  let replies = 0;
  for (let kill = 0; kill < KILLS; kill += 2) {
    const pair = [start(script, file), start(script, file)];
    await Promise.all(pair.map(({ working }) => working));
    await Promise.all(
      pair.map(async ({ child }) => {
        await pause(random() * LONGEST_MS);
        child.kill('SIGKILL');
        await once(child, 'exit');
      }),
    );
    journals += existsSync(`${file}-journal`) ? 1 : 0;
    replies += assertWhole(t, file) ? 1 : 0;
  }
  t.diagnostic(`${KILLS} kills left ${journals} transactions unfinished`);
  assert.equal(replies, KILLS / 2);
});

/** `working` rejects when the process ends by itself. */
function start(script: string, file: string): { child: ChildProcess; working: Promise<unknown> } {
  const child = spawn(process.execPath, [script, 'forever', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code, signal]) => {
    assert.equal(signal, 'SIGKILL', `ended by itself with ${code}`);
  });
  return { child, working: Promise.race([once(child.stdout, 'data'), ended]) };
}

/** Returns whether there is a reply at all. */
function assertWhole(t: TestContext, file: string): boolean {
  const raw = new DatabaseSync(file);
  assert.equal(raw.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  assert.deepEqual(raw.prepare('PRAGMA foreign_key_check').all(), []);
  raw.close();

  const database = openDatabase(t, file);
  const now = Date.now();
  const { parts, failures } = database.account(ACCOUNT, SCOPE, now);
  const blocks = database.blocks(ACCOUNT, 'computeDays', REPLY_DAYS);
  const numbers = blocks.flatMap(({ columns }) => [...(columns.amounts.get('awake_seconds') ?? [])]);
  assert.deepEqual(new Set([parts.summary?.value, failures, ...numbers]).size, 1);
  assert.deepEqual(new Set([parts.summary?.asOf, ...blocks.map(({ asOf }) => asOf)]).size, 1);

  const lease = database.acquire(ACCOUNT, 'the test', now, LEASE_MS);
  if (!lease.granted) {
    assert.equal(database.acquire(ACCOUNT, 'the test', lease.until - 1, LEASE_MS).granted, false);
    assert.equal(database.acquire(ACCOUNT, 'the test', lease.until, LEASE_MS).granted, true);
  }
  database.release(ACCOUNT, 'the test');
  database.close();
  return blocks.length === REPLY_DAYS.length;
}
