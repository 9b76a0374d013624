import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { RateLimiter } from '../../../src/store/rateLimiter';
import { MINUTE } from '../../../src/usage/time';

const signal = new AbortController().signal;

/** When each of some requests goes, in ms, when they come after these pauses; waiting takes no time here. */
async function times(perMinute: number | undefined, pauses: readonly number[]): Promise<number[]> {
  let now = 0;
  let waited = 0;
  const rateLimit = new RateLimiter({
    perMinute,
    now: () => now,
    pause: (ms) => {
      waited = ms;
      return Promise.resolve();
    },
  });
  const gone: number[] = [];
  for (const pause of pauses) {
    now += pause;
    await rateLimit.turn(signal);
    gone.push(now + waited);
    waited = 0;
  }
  return gone;
}

test('as many as are allowed go at once, and the next one when the first is a minute old', async () => {
  assert.deepEqual(await times(3, [0, 10, 10, 10, 0]), [0, 10, 20, MINUTE, MINUTE + 10]);
});

test('without a limit nothing waits', async () => {
  assert.deepEqual(await times(undefined, [0, 0, 0, 5]), [0, 0, 0, 5]);
});

test('no minute ever has more than are allowed, and none waits without need', async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 2 * MINUTE }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), pauses, async (perMinute, all) => {
      const gone = await times(perMinute, all);
      gone.forEach((at, index) => {
        const first = gone[index - perMinute];
        assert.ok(first === undefined || at - first >= MINUTE);
      });
      if (all.every((pause) => pause >= MINUTE)) {
        assert.deepEqual(
          gone,
          all.map((_, index) => all.slice(0, index + 1).reduce((sum, pause) => sum + pause, 0)),
        );
      }
    }),
  );
});

test('whoever gives up does not wait', async () => {
  const abort = new AbortController();
  const rateLimit = new RateLimiter({ perMinute: 1 });
  await rateLimit.turn(abort.signal);
  const waiting = rateLimit.turn(abort.signal);
  abort.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
});

test('a turn that is given up is free again', async () => {
  let now = 0;
  const waits: number[] = [];
  const rateLimit = new RateLimiter({
    perMinute: 2,
    now: () => now,
    pause: (ms, { aborted }) => {
      waits.push(ms);
      return aborted ? Promise.reject(new Error('given up')) : Promise.resolve();
    },
  });
  await Promise.all([rateLimit.turn(signal), rateLimit.turn(signal)]);
  for (let time = 0; time < 5; time += 1) {
    await assert.rejects(rateLimit.turn(AbortSignal.abort()));
  }
  now = 10;
  await rateLimit.turn(signal);
  assert.equal(waits.at(-1), MINUTE - 10);
});

test('what may go at once waits for nothing, and by the clock of this computer the next one waits for a minute', async () => {
  const waits: number[] = [];
  const rateLimit = new RateLimiter({
    perMinute: 2,
    pause: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  await rateLimit.turn(signal);
  await rateLimit.turn(signal);
  assert.deepEqual(waits, []);
  await rateLimit.turn(signal);
  const [wait = 0] = waits;
  assert.ok(wait > MINUTE - 5000 && wait <= MINUTE, `${wait} ms`);
});

test('a request that waits tells for how long, and by which limit', async () => {
  let now = 0;
  const going = Promise.withResolvers<undefined>();
  const rateLimit = new RateLimiter({ perMinute: 1, now: () => now, pause: () => going.promise });
  await rateLimit.turn(signal);
  assert.equal(rateLimit.wait, undefined);
  const second = rateLimit.turn(signal);
  now = 16_000;
  assert.deepEqual(rateLimit.wait, { ms: MINUTE - 16_000, perMinute: 1 });
  now = MINUTE;
  going.resolve(undefined);
  await second;
  assert.equal(rateLimit.wait, undefined);
});
