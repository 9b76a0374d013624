import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import type { UsageError } from '../../../src/usage/failure';
import { Caller, serve } from '../../../src/worker/channel';
import { RemoteRowSink } from '../../../src/worker/remoteRowSink';

const CHUNK_BYTES = 64 * 1024;
const MEBIBYTE = 1024 ** 2;

/** A service of row sinks that is done with bytes only when it is told to be. */
class SlowService {
  readonly #waiting: (() => void)[] = [];

  start(): void {}

  push(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  finishAll(): void {
    for (const resolve of this.#waiting.splice(0)) {
      resolve();
    }
  }
}

function start(context: TestContext): { service: SlowService; caller: Caller; sink: RemoteRowSink } {
  const { port1, port2 } = new MessageChannel();
  context.after(() => {
    port1.close();
  });
  const service = new SlowService();
  serve(port1, { rowSinks: service });
  const caller = new Caller(port2, () => {});
  return { service, caller, sink: new RemoteRowSink(caller, 'dedalus.storage') };
}

/** Pushes until a push has to wait. Returns that push, and how many bytes went before it. */
async function fill(sink: RemoteRowSink): Promise<{ waiting: Promise<void>; bytes: number }> {
  for (let bytes = 0; bytes < 100 * MEBIBYTE; bytes += CHUNK_BYTES) {
    const waiting = sink.push(new Uint8Array(CHUNK_BYTES));
    const goesOn = await Promise.race([waiting.then(() => true), turns(10)]);
    if (!goesOn) {
      return { waiting, bytes };
    }
  }
  return assert.fail('nothing ever had to wait');
}

/** False, after so many turns of the event loop. */
async function turns(count: number): Promise<boolean> {
  for (let left = count; left > 0; left -= 1) {
    await turn();
  }
  return false;
}

test('a sender waits while a mebibyte is on its way, and goes on once it has been taken', async (context) => {
  const { service, sink } = start(context);
  const { waiting, bytes } = await fill(sink);
  assert.ok(bytes >= MEBIBYTE && bytes <= 1.5 * MEBIBYTE, `${bytes} bytes`);
  service.finishAll();
  await waiting;
  await sink.push(new Uint8Array(CHUNK_BYTES));
});

test('a sender that waits hears that the other end is gone', async (context) => {
  const { caller, sink } = start(context);
  const { waiting } = await fill(sink);
  caller.abandon({ kind: 'internal', detail: 'it died' });
  const isTold = (error: UsageError): boolean => error.failure.kind === 'internal';
  await assert.rejects(waiting, isTold);
  await assert.rejects(sink.end([], 0), isTold);
});

test('bytes within a larger buffer are copied, and those with a buffer of their own are not', async (context) => {
  const { sink } = start(context);
  const larger = Buffer.alloc(1000, 1);
  await sink.push(larger.subarray(10, 20));
  const own = new Uint8Array(300_000);
  await sink.push(own);
  assert.equal(larger.length, 1000);
  assert.equal(own.length, 0);
});
