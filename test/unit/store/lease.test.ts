import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { DatabaseError, type UsageDatabase } from '../../../src/database/operations';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { AccountLease } from '../../../src/store/lease';
import type { UsageError } from '../../../src/usage/failure';
import { inProcess } from '../../support/inProcess';
import { databaseAt, newFile } from '../database/databases';
import { ACCOUNT, silentLog } from './fakeSource';

/** Processes on one database, on a clock that the test moves. */
interface World {
  readonly open: () => Process;
  /** Second by second; all that follows from each is done. */
  readonly pass: (seconds: number) => Promise<void>;
}

function world(t: TestContext): World {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.UTC(2026, 10, 20, 12) });
  const file = newFile(t);
  return {
    open: () => new Process(inProcess(databaseAt(t, file))),
    pass: async (seconds) => {
      for (let second = 0; second < seconds; second += 1) {
        t.mock.timers.tick(1000);
        await settled();
      }
    },
  };
}

/** Takes the lease of an account, and says whether it has it. */
class Process {
  readonly lease: AccountLease;
  /** While it is so, nothing that it asks of the database about the lease comes to anything. */
  isCutOff = false;
  /** When set, what it asks of the database about the lease waits for it. */
  gate: Promise<void> | undefined;
  has = false;

  constructor(kept: UsageDatabase) {
    const acquire: UsageDatabase['acquire'] = async (...args) => {
      if (this.isCutOff) {
        throw new DatabaseError({ kind: 'busy', detail: '' });
      }
      const lease = await kept.acquire(...args);
      await this.gate; // the answer takes its time
      return lease;
    };
    const database = new Proxy(kept, {
      get: (of, name: keyof UsageDatabase) => (name === 'acquire' ? acquire : of[name]),
    });
    const databaseCache = new DatabaseCache({ database, log: silentLog, onTrouble: () => {} });
    this.lease = new AccountLease({ databaseCache, accountId: ACCOUNT.id, now: Date.now });
  }

  async take(signal = new AbortController().signal): Promise<void> {
    await this.lease.take(signal);
    this.has = true;
  }

  async giveBack(): Promise<void> {
    this.has = false;
    await this.lease.giveBack();
  }
}

/** All that follows from what was last done, timers aside, is done. */
async function settled(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

test('nobody else gets a lease while its holder works, however long that takes', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  void two.take();
  await pass(5 * 60);
  assert.equal(two.has, false);
  await one.giveBack();
  two.lease.checkForChanges();
  await settled();
  assert.equal(two.has, true, 'at once when it is given back');
});

test('a lease outlives five seconds in which the database cannot be had, whenever they come', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  void two.take();
  for (let seconds = 1; seconds <= 15; seconds += 1) {
    await pass(seconds);
    one.isCutOff = true;
    await pass(5);
    one.isCutOff = false;
    await pass(15);
    assert.equal(two.has, false, `after ${seconds} s`);
  }
});

test('a process that dies leaves its lease behind for a quarter of a minute at most', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  await pass(60);
  one.isCutOff = true; // nothing comes from it any more
  void two.take();
  await pass(15);
  assert.equal(two.has, true);
});

test('work that meets within a process shares the lease, until the last of it is done', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await Promise.all([one.take(), one.take()]);
  void two.take();
  await one.giveBack();
  await pass(60);
  assert.equal(two.has, false);
  await one.giveBack();
  await pass(1);
  assert.equal(two.has, true);
});

test('a lease that was given back is free, and whoever gave it back waits for it like others', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  await pass(12);
  await one.giveBack();
  await pass(60);
  void two.take();
  await settled();
  assert.equal(two.has, true);
  void one.take();
  await pass(60);
  assert.equal(one.has, false);
  await two.giveBack();
  await pass(1);
  assert.equal(one.has, true);
});

test('who waits for a lease can be stopped', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  const abort = new AbortController();
  const waiting = two.take(abort.signal);
  await pass(3);
  abort.abort();
  await assert.rejects(waiting, (error: UsageError) => error.failure.kind === 'cancelled');
});

test('a renewal that answers after the lease was given back does not set it as held', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  const answered = Promise.withResolvers<undefined>();
  one.gate = answered.promise;
  await pass(5); // a renewal is under way
  const given = one.giveBack();
  answered.resolve(undefined);
  one.gate = undefined;
  await given;
  await two.take();
  void one.take();
  await pass(3);
  assert.equal(one.has, false, 'it has to wait for its turn');
  await two.giveBack();
  await pass(1);
  assert.equal(one.has, true);
});

test('a lease that is wanted again while it is being given back is either kept or taken anew', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  for (let time = 0; time < 20; time += 1) {
    await one.take();
    const given = one.giveBack();
    await Promise.all([given, one.take()]);
    void two.take();
    await pass(2);
    assert.equal(two.has, false, `round ${time}`);
    await one.giveBack();
    await pass(1);
    assert.equal(two.has, true);
    await two.giveBack();
  }
});

test('at the end the lease is given back, whatever is under way, and not taken again', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  const waiting = two.take();
  await one.lease.end();
  await assert.rejects(one.take(), (error: UsageError) => error.failure.kind === 'cancelled');
  await pass(1);
  await waiting;
  await one.giveBack();
  await pass(60);
  assert.equal(two.has, true);
  await two.lease.end();
});

test('who waits for a lease at the end waits no longer', async (t) => {
  const { open, pass } = world(t);
  const [one, two] = [open(), open()];
  await one.take();
  const waiting = two.take();
  await pass(2);
  await two.lease.end();
  await assert.rejects(waiting, (error: UsageError) => error.failure.kind === 'cancelled');
});
