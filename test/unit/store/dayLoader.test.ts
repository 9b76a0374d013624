import assert from 'node:assert/strict';
import test from 'node:test';
import type { BreakdownQuery, UsageSource } from '../../../src/providers/provider';
import { DayLoader } from '../../../src/store/dayLoader';
import { History, type HistoryPart, type Want } from '../../../src/store/history';
import type { UsageBucket } from '../../../src/usage/bucket';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { DAY, daysOf, startOfDay, utcDay } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 20, 12);

function wants(part: HistoryPart, first: string, count: number): Want[] {
  const start = startOfDay(first);
  return daysOf({ start, end: start + count * DAY }).map((day) => ({ part, day }));
}

interface World {
  readonly history: History;
  readonly loader: DayLoader;
  readonly asked: string[];
  readonly failures: Failure[];
  /** Decides what a request gets; buckets of its days without it. */
  answer: (name: string, query: BreakdownQuery, signal: AbortSignal | undefined) => Promise<UsageBucket[]>;
}

function world(): World {
  const asked: string[] = [];
  const failures: Failure[] = [];
  const history = new History();
  const read = (name: string) => (query: BreakdownQuery, signal?: AbortSignal) => {
    const label = `${name} ${utcDay(query.period.start)}..${utcDay(query.period.end - 1)}`;
    asked.push(label);
    return own.answer(label, query, signal);
  };
  const source: Partial<UsageSource> = {
    computeBuckets: (query, granularity, signal) => read(granularity)(query, signal),
    storageBuckets: read('storage'),
  };
  const own: World = {
    history,
    asked,
    failures,
    loader: new DayLoader({
      history,
      now: () => NOW,
      open: () => Promise.resolve(source as UsageSource),
      onFailure: (failure) => failures.push(failure),
      onChange: () => {},
    }),
    answer: (_label, { period }) => Promise.resolve(daysOf(period).map((day) => computeDay('m', day, 60))),
  };
  return own;
}

test('days that follow one another are one request, and each day of hours is its own', async () => {
  const { loader, asked, history } = world();
  await loader.load([
    ...wants('computeHours', '2026-11-10', 2),
    ...wants('computeDays', '2026-11-01', 3),
    ...wants('computeDays', '2026-11-07', 1),
    ...wants('storage', '2026-11-01', 2),
  ]);
  assert.deepEqual(asked.toSorted(), [
    'day 2026-11-01..2026-11-03',
    'day 2026-11-07..2026-11-07',
    'hour 2026-11-10..2026-11-10',
    'hour 2026-11-11..2026-11-11',
    'storage 2026-11-01..2026-11-02',
  ]);
  assert.equal(history.block('computeDays', '2026-11-02')?.columns.length, 1);
  assert.equal(loader.progress, undefined);
});

test('a day without rows is known to be empty', async () => {
  const own = world();
  own.answer = () => Promise.resolve([]);
  await own.loader.load(wants('computeHours', '2026-11-10', 1));
  assert.equal(own.history.block('computeHours', '2026-11-10')?.columns.length, 0);
  assert.equal(own.history.block('computeHours', '2026-11-11'), undefined);
});

test('days that are under way are joined, and others line up behind them', async () => {
  const own = world();
  const first = own.loader.load(wants('computeHours', '2026-11-01', 3));
  const second = own.loader.load(wants('computeHours', '2026-11-02', 3));
  assert.deepEqual(own.loader.progress, { done: 0, total: 4 });
  await Promise.all([first, second]);
  assert.equal(own.asked.length, 4);
});

test('what is too large is asked for in halves, down to a day', async () => {
  const own = world();
  const given = own.answer;
  own.answer = (label, query, signal) =>
    query.period.end - query.period.start > 2 * DAY
      ? Promise.reject(new UsageError({ kind: 'tooLarge', limitBytes: 1 }))
      : given(label, query, signal);
  await own.loader.load(wants('storage', '2026-11-01', 7));
  for (const { day } of wants('storage', '2026-11-01', 7)) {
    assert.equal(own.history.block('storage', day)?.columns.length, 1, day);
  }
  assert.deepEqual(own.failures, []);
});

test('a refused key ends it, and every day says why', async () => {
  const own = world();
  own.answer = () => Promise.reject(new UsageError({ kind: 'keyRejected', detail: '' }));
  await own.loader.load(wants('computeHours', '2026-11-01', 9));
  assert.ok(own.asked.length <= 2, 'only what was under way was sent');
  assert.equal(own.history.failure('computeHours', '2026-11-09')?.kind, 'keyRejected');
});

test('one day that fails leaves the others', async () => {
  const own = world();
  const given = own.answer;
  own.answer = (label, query, signal) =>
    label.includes('11-02') ? Promise.reject(new UsageError({ kind: 'cut' })) : given(label, query, signal);
  await own.loader.load(wants('computeHours', '2026-11-01', 3));
  assert.equal(own.history.failure('computeHours', '2026-11-02')?.kind, 'cut');
  assert.ok(own.history.block('computeHours', '2026-11-03'));
});

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
  assert.ok(own.history.block('computeHours', '2026-11-01'));
  assert.equal(own.history.failure('computeHours', '2026-11-06')?.kind, 'cancelled');
  assert.ok(own.asked.length <= 3);
  own.history.forgive(false);
  assert.equal(own.history.failure('computeHours', '2026-11-06')?.kind, 'cancelled');
  own.history.forgive(true);
  own.answer = given;
  await own.loader.load(wants('computeHours', '2026-11-01', 6));
  assert.ok(own.history.block('computeHours', '2026-11-06'));
});
