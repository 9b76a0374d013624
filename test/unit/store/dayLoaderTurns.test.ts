import assert from 'node:assert/strict';
import test from 'node:test';
import { UsageError } from '../../../src/usage/failure';
import { DAY, startOfDay, utcDay } from '../../../src/usage/time';
import { wants, type World, world } from './dayLoading';

test('cancelling stops the requests, keeps what came in, and marks the rest as given up', async () => {
  const own = world();
  const given = own.answer;
  own.answer = (label, query, signal) => {
    if (label.includes('11-01')) {
      return given(label, query, signal);
    }
    own.loader.cancel();
    return Promise.reject(new UsageError({ kind: 'cancelled' }));
  };
  await own.loader.load(wants('computeHours', '2026-11-01', 6));
  assert.ok(own.dayCache.block('computeHours', '2026-11-01'));
  assert.equal(own.dayCache.failure('computeHours', '2026-11-06')?.kind, 'cancelled');
  assert.ok(own.asked.length <= 3);
  own.dayCache.clearFailures(false);
  assert.equal(own.dayCache.failure('computeHours', '2026-11-06')?.kind, 'cancelled');
  own.dayCache.clearFailures(true);
  own.answer = given;
  await own.loader.load(wants('computeHours', '2026-11-01', 6));
  assert.ok(own.dayCache.block('computeHours', '2026-11-06'));
});

/** Requests that are answered when the test lets them. */
function held(own: World): { answer: (part: string) => void } {
  const given = own.answer;
  const waiting = new Map<string, () => void>();
  own.answer = async (label, query, signal) => {
    await new Promise<void>((resolve) => waiting.set(label, resolve));
    return given(label, query, signal);
  };
  return {
    answer: (part) => {
      for (const [label, resolve] of [...waiting].filter(([name]) => name.includes(part))) {
        waiting.delete(label);
        resolve();
      }
    },
  };
}

async function isDone(work: Promise<void>): Promise<boolean> {
  let done = false;
  void work.then(() => {
    done = true;
  });
  await new Promise(setImmediate);
  return done;
}

test('who wants nothing waits for nothing, and who wants a day for that day alone', async () => {
  const own = world();
  const { answer } = held(own);
  const chart = own.loader.load(wants('computeHours', '2026-11-01', 6));
  assert.equal(await isDone(own.loader.load([])), true);
  const second = own.loader.load(wants('computeHours', '2026-11-02', 1));
  answer('11-02');
  assert.equal(await isDone(second), true);
  assert.equal(await isDone(chart), false);
  for (const day of ['11-01', '11-03', '11-04', '11-05', '11-06']) {
    await new Promise(setImmediate);
    answer(day);
  }
  await chart;
  assert.equal(own.asked.length, 6);
  assert.equal(own.leases, 0);
});

test('what comes first is asked for before all that has not been sent, and only once', async () => {
  const own = world();
  const { answer } = held(own);
  const chart = own.loader.load(wants('computeHours', '2026-11-01', 20));
  await new Promise(setImmediate);
  const first = own.loader.loadFirst([
    ...wants('computeHours', '2026-11-02', 1),
    ...wants('computeHours', '2026-11-20', 1),
  ]);
  answer('11-02');
  await new Promise(setImmediate);
  answer('11-20');
  assert.equal(await isDone(first), true);
  assert.deepEqual(own.asked.slice(0, 3), [
    'hour 2026-11-01..2026-11-01',
    'hour 2026-11-02..2026-11-02',
    'hour 2026-11-20..2026-11-20',
  ]);
  for (let turn = 0; turn < 20; turn += 1) {
    answer('hour');
    await new Promise(setImmediate);
  }
  await chart;
  assert.equal(own.asked.length, 20);
});

test('a want that comes just before the end is read', async () => {
  const own = world();
  for (let turns = 0; turns < 40; turns += 1) {
    const day = utcDay(startOfDay('2026-01-01') + turns * DAY);
    const before = own.loader.load(wants('computeHours', '2025-12-01', 1));
    for (let turn = 0; turn < turns; turn += 1) {
      await Promise.resolve();
    }
    await own.loader.load(wants('computeHours', day, 1));
    assert.ok(own.dayCache.block('computeHours', day), `${turns} turns after`);
    await before;
  }
  assert.equal(own.leases, 0);
});

test('what is wanted after all was cancelled is read at once', async () => {
  const own = world();
  const given = own.answer;
  own.answer = (_label, _query, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        setTimeout(reject, 5, new UsageError({ kind: 'cancelled' }));
      });
    });
  const before = own.loader.load(wants('computeHours', '2026-11-01', 4));
  await new Promise(setImmediate);
  own.loader.cancel();
  own.answer = given;
  await own.loader.load(wants('computeHours', '2026-11-01', 4));
  await before;
  for (const want of wants('computeHours', '2026-11-01', 4)) {
    assert.ok(own.dayCache.isCurrent(want));
    assert.equal(own.dayCache.failure(want.part, want.day), undefined);
  }
  assert.equal(own.loader.progress, undefined);
  assert.equal(own.leases, 0);
});

test('who gives up takes no day from anybody else', async () => {
  const own = world();
  const { answer } = held(own);
  const stop = new AbortController();
  const exported = own.loader.load(wants('computeDays', '2026-11-01', 20), stop.signal);
  await new Promise(setImmediate);
  const refreshed = own.loader.load(wants('computeDays', '2026-11-20', 1));
  stop.abort();
  assert.equal(await isDone(exported), true);
  assert.equal(await isDone(refreshed), false);
  assert.equal(own.dayCache.failure('computeDays', '2026-11-19')?.kind, 'cancelled');
  answer('day');
  await refreshed;
  assert.ok(own.dayCache.isCurrent({ part: 'computeDays', day: '2026-11-20' }));
  assert.equal(own.dayCache.failure('computeDays', '2026-11-20'), undefined);
  assert.deepEqual(own.failures, []);
});

test('who had given up before asks for nothing', async () => {
  const own = world();
  await own.loader.load(wants('computeHours', '2026-11-01', 3), AbortSignal.abort());
  assert.deepEqual(own.asked, []);
  assert.equal(own.dayCache.failure('computeHours', '2026-11-03')?.kind, 'cancelled');
});

test('a vendor, a key or a lease that never answers holds nobody who gives up', async () => {
  for (const hang of ['answer', 'open', 'lease'] as const) {
    const own = world(hang);
    const stop = new AbortController();
    const work = own.loader.load(wants('computeHours', '2026-11-01', 3), stop.signal);
    await new Promise(setImmediate);
    stop.abort();
    assert.equal(await isDone(work), true, hang);
    assert.equal(own.loader.progress, undefined, hang);
    assert.equal(own.leases, 0, hang);
  }
});
