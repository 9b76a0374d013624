import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { Deadline } from '../../../src/http/deadline';
import type { RowSink } from '../../../src/http/rows/rowSink';
import { UsageError } from '../../../src/usage/failure';
import { client, failureOf, request } from './helpers';

const QUIET_MS = 30_000;
const TOTAL_MS = 300_000;
const LIMITS = { quietMs: QUIET_MS, totalMs: TOTAL_MS };

/** @returns a function that lets so many ms pass. */
function timed(t: TestContext): (ms: number) => void {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return (ms) => {
    t.mock.timers.tick(ms);
  };
}

function failureIn({ signal }: Deadline): unknown {
  return signal.reason instanceof UsageError ? signal.reason.failure : signal.reason;
}

test('each thing that is heard puts the end of the silence off, but not the end of all', (t) => {
  const after = timed(t);
  const deadline = new Deadline(LIMITS);
  for (let heard = 1; heard <= 10; heard += 1) {
    after(29_000);
    deadline.heard();
  }
  after(9_999);
  assert.equal(failureIn(deadline), undefined);
  after(1);
  assert.deepEqual(failureIn(deadline), { kind: 'timeout', seconds: 300 });
});

test('a silence ends the request at its limit, counted from what was heard last', (t) => {
  const after = timed(t);
  const deadline = new Deadline(LIMITS);
  after(20_000);
  deadline.heard();
  after(29_999);
  assert.equal(failureIn(deadline), undefined);
  after(1);
  assert.deepEqual(failureIn(deadline), { kind: 'timeout', seconds: 30 });
});

test('what is left of the time for all pages ends a request, and the failure tells all of it', (t) => {
  const after = timed(t);
  const pages = { limit: 1, left: 1, limitMs: 600_000, until: performance.now() + 50_000 };
  const deadline = new Deadline({ ...LIMITS, quietMs: 100_000, pages });
  after(49_000);
  assert.equal(failureIn(deadline), undefined);
  after(1_001);
  assert.deepEqual(failureIn(deadline), { kind: 'timeout', seconds: 600 });
});

test('a caller who leaves, or has left before, ends it', () => {
  const leaving = new AbortController();
  const during = new Deadline(LIMITS, leaving.signal);
  assert.equal(failureIn(during), undefined);
  leaving.abort();
  const since = new Deadline(LIMITS, leaving.signal);
  assert.deepEqual(failureIn(during), { kind: 'cancelled' });
  assert.deepEqual(failureIn(since), { kind: 'cancelled' });
  during.end();
  since.end();
});

test('what is at its end is not ended again', (t) => {
  const after = timed(t);
  const leaving = new AbortController();
  const deadline = new Deadline(LIMITS, leaving.signal);
  deadline.heard();
  deadline.end();
  after(TOTAL_MS);
  leaving.abort();
  assert.equal(failureIn(deadline), undefined);
});

for (const status of [200, 400]) {
  test(`a reply ${status} that drips is read for longer than the longest silence`, async (t) => {
    const after = timed(t);
    const pieces = ['{"detail"', ':"slow', ' and', ' steady', '"}'];
    t.mock.method(globalThis, 'fetch', (_url: URL, { signal }: { signal: AbortSignal }) =>
      Promise.resolve(
        new Response(
          dripping(pieces, signal, () => {
            after(0.9 * QUIET_MS);
          }),
          { status },
        ),
      ),
    );
    const work = client().http.getJson(request('https://vendor.example/v1/usage'));
    if (status === 200) assert.deepEqual(await work, { detail: 'slow and steady' });
    else assert.deepEqual(await failureOf(work), { kind: 'refused', status, detail: 'slow and steady' });
  });
}

test('so are rows that drip', async (t) => {
  const after = timed(t);
  t.mock.method(globalThis, 'fetch', (_url: URL, { signal }: { signal: AbortSignal }) => {
    after(0.9 * QUIET_MS);
    const pieces = ['{"rows"', ':[', ']}'];
    return Promise.resolve(
      new Response(
        dripping(pieces, signal, () => {
          after(0.9 * QUIET_MS);
        }),
      ),
    );
  });
  let text = '';
  const sink: RowSink = {
    push: (bytes) => {
      text += new TextDecoder().decode(bytes);
      return Promise.resolve();
    },
    end: () => Promise.resolve(new Map()),
    cancel: () => {},
  };
  await client().http.getRows(request('https://vendor.example/v1/usage'), () => sink, []);
  assert.equal(text, '{"rows":[]}');
});

/** A body of pieces, each after a pause and only when it is asked for; ends with an error when the request is aborted. */
function dripping(
  pieces: readonly string[],
  signal: AbortSignal,
  pause: () => void,
): ReadableStream<Uint8Array> {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  return new ReadableStream(
    {
      pull(controller) {
        pause();
        const piece = left.shift();
        if (signal.aborted) controller.error(signal.reason);
        else if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
}
