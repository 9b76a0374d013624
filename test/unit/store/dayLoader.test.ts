import assert from 'node:assert/strict';
import test from 'node:test';
import type { KeptBlock, LookedAt } from '../../../src/database/operations';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import type { RowQuery, UsageSource } from '../../../src/providers/provider';
import type { DayKey } from '../../../src/store/dayBlock';
import { DayCache } from '../../../src/store/dayCache';
import { DayLoader } from '../../../src/store/dayLoader';
import { unlessAborted } from '../../../src/store/unlessAborted';
import type { BreakdownId } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay, toColumns } from '../../../src/usage/columns/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { DAY, daysOf, startOfDay, utcDay } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 20, 12);

function wants(part: BreakdownId, first: string, count: number): DayKey[] {
  const start = startOfDay(first);
  return daysOf({ start, end: start + count * DAY }).map((day) => ({ part, day }));
}

interface World {
  readonly dayCache: DayCache;
  readonly loader: DayLoader;
  readonly asked: string[];
  readonly failures: Failure[];
  /** Decides what a request gets; buckets of its days without it. */
  restore: (part: BreakdownId, days: readonly string[]) => void;
  restores: boolean;
  readonly saved: KeptBlock[];
  readonly looked: LookedAt[];
  /** Replies cover no day before this one. */
  coveredFrom: string;
  /** How often the lease was taken and not given back. */
  leases: number;
  onLease: () => void;
  answer: (name: string, query: RowQuery, signal: AbortSignal | undefined) => Promise<UsageBucket[]>;
}

const NAMES: Readonly<Record<string, string>> = { computeDays: 'day', computeHours: 'hour' };

/** @param hang what never answers, whatever it is told */
function world(hang?: 'answer' | 'open' | 'lease'): World {
  const never = new Promise<never>(() => {});
  const asked: string[] = [];
  const failures: Failure[] = [];
  const dayCache = new DayCache();
  const read = (name: string) => (query: RowQuery, signal?: AbortSignal) => {
    const label = `${name} ${utcDay(query.period.start)}..${utcDay(query.period.end - 1)}`;
    asked.push(label);
    const covered = daysOf(query.period).filter((day) => day >= own.coveredFrom);
    return (hang === 'answer' ? never : own.answer(label, query, signal)).then((buckets) =>
      columnsByDay(buckets, covered),
    );
  };
  const source: Partial<UsageSource> = {
    rows: (part, query, signal) => read(NAMES[part] ?? part)(query, signal),
  };
  const own: World = {
    dayCache,
    asked,
    failures,
    ...{
      restore: () => {},
      restores: false,
      saved: [],
      looked: [],
      coveredFrom: '',
      leases: 0,
      onLease: () => {},
    },
    loader: new DayLoader({
      capabilities: MACHINE_CAPABILITIES,
      dayCache,
      now: () => NOW,
      open: () => (hang === 'open' ? never : Promise.resolve(source as UsageSource)),
      restore: (part, days) => {
        own.restore(part, days);
        return Promise.resolve();
      },
      save: (blocks, looked) => {
        own.saved.push(...blocks);
        own.looked.push(...looked);
        return Promise.resolve();
      },
      restores: () => own.restores,
      lease: {
        take: async (signal) => {
          await (hang === 'lease' ? unlessAborted(never, signal) : undefined);
          own.leases += 1;
          own.onLease();
        },
        giveBack: () => {
          own.leases -= 1;
          return Promise.resolve();
        },
      },
      onFailure: (failure) => failures.push(failure),
      onChange: () => {},
    }),
    answer: (_label, { period }) => Promise.resolve(daysOf(period).map((day) => computeDay('m', day, 60))),
  };
  return own;
}

test('days that follow one another are one request, and each day of hours is its own', async () => {
  const { loader, asked, dayCache } = world();
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
    'storage 2026-11-01..2026-11-01',
    'storage 2026-11-02..2026-11-02',
  ]);
  assert.equal(dayCache.block('computeDays', '2026-11-02')?.columns.length, 1);
  assert.equal(loader.progress, undefined);
});

test('the newest day of storage tells how many days make a reply', async () => {
  const own = world();
  const rows = (count: number): UsageBucket[] =>
    Array.from({ length: count }, (_, row) => storageHour(`m${row}`, '2026-11-30', row % 24, 1));
  own.answer = (_label, { period }) =>
    Promise.resolve(rows(12_000).map((row) => ({ ...row, start: period.end - DAY, end: period.end })));
  await own.loader.load(wants('storage', '2026-11-25', 6));
  // Two workers begin with a day each; four days of 12,000 rows then make one reply.
  assert.deepEqual(own.asked, [
    'storage 2026-11-30..2026-11-30',
    'storage 2026-11-29..2026-11-29',
    'storage 2026-11-25..2026-11-28',
  ]);
});

test('a vendor that gives no storage is not asked for it day by day', async () => {
  const own = world();
  own.answer = () => Promise.reject(new UsageError({ kind: 'cut' }));
  await own.loader.load(wants('storage', '2026-11-01', 30));
  assert.ok(own.asked.length <= 4, own.asked.join());
  assert.equal(own.dayCache.failure('storage', '2026-11-01')?.kind, 'cut');
});

test('what another process has read is taken from the database, and the vendor is not asked', async () => {
  const own = world();
  const kept = new Set(['2026-11-01', '2026-11-02', '2026-11-03']);
  own.restore = (part, days) => {
    for (const day of days.filter((wanted) => kept.has(wanted))) {
      own.dayCache.keep({ part, day }, { columns: toColumns([computeDay('m', day, 60)]), asOf: NOW });
    }
  };
  await own.loader.load(wants('computeDays', '2026-11-01', 3));
  assert.deepEqual(own.asked, []);
  assert.equal(own.leases, 0);
  await own.loader.load(wants('computeDays', '2026-11-01', 5));
  assert.deepEqual(own.asked, ['day 2026-11-04..2026-11-05']);
  assert.equal(own.leases, 0, 'given back');
});

test('what another process read while this one waited for its turn is not asked for again', async () => {
  const own = world();
  own.onLease = () => {
    own.restore = (part, days) => {
      for (const day of days) {
        own.dayCache.keep({ part, day }, { columns: toColumns([]), asOf: NOW });
      }
    };
  };
  await own.loader.load(wants('computeHours', '2026-11-01', 4));
  assert.deepEqual(own.asked, []);
});

test('storage is kept as it came and by machine and day; the former stays at hand where it was wanted', async () => {
  const own = world();
  own.restores = true;
  own.answer = () => Promise.resolve([1, 2].map((hour) => storageHour('m', '2026-11-10', hour, 5)));
  await own.loader.load(wants('storageDays', '2026-11-10', 1));
  const amount = own.dayCache.block('storageDays', '2026-11-10')?.columns.amounts.get('storage_mib_seconds');
  assert.deepEqual([...(amount ?? [])], [10]);
  assert.equal(own.dayCache.block('storage', '2026-11-10'), undefined);
  assert.deepEqual(
    own.saved.map(({ part, columns }) => [part, columns.length]),
    [
      ['storage', 2],
      ['storageDays', 1],
    ],
  );
  await own.loader.load(wants('storage', '2026-11-10', 1));
  assert.equal(own.dayCache.block('storage', '2026-11-10')?.columns.length, 2);
});

test('a day without rows is known to be empty', async () => {
  const own = world();
  own.answer = () => Promise.resolve([]);
  await own.loader.load(wants('computeHours', '2026-11-10', 1));
  assert.equal(own.dayCache.block('computeHours', '2026-11-10')?.columns.length, 0);
  assert.equal(own.dayCache.block('computeHours', '2026-11-11'), undefined);
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
    assert.equal(own.dayCache.block('storage', day)?.columns.length, 1, day);
  }
  assert.deepEqual(own.failures, []);
});

test('a refused key ends it, and every day says why', async () => {
  const own = world();
  own.answer = () => Promise.reject(new UsageError({ kind: 'keyRejected', detail: '' }));
  await own.loader.load(wants('computeHours', '2026-11-01', 9));
  assert.ok(own.asked.length <= 2, 'only what was under way was sent');
  assert.equal(own.dayCache.failure('computeHours', '2026-11-09')?.kind, 'keyRejected');
});

test('one day that fails leaves the others', async () => {
  const own = world();
  const given = own.answer;
  own.answer = (label, query, signal) =>
    label.includes('11-02') ? Promise.reject(new UsageError({ kind: 'cut' })) : given(label, query, signal);
  await own.loader.load(wants('computeHours', '2026-11-01', 3));
  assert.equal(own.dayCache.failure('computeHours', '2026-11-02')?.kind, 'cut');
  assert.ok(own.dayCache.block('computeHours', '2026-11-03'));
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

test('only the days that a reply covers become known; the others say so, and are not asked for in a loop', async () => {
  const own = world();
  own.coveredFrom = '2026-11-10';
  await own.loader.load(wants('computeDays', '2026-11-01', 20));
  assert.deepEqual(own.asked, ['day 2026-11-01..2026-11-20']);
  for (const { day } of wants('computeDays', '2026-11-01', 9)) {
    assert.equal(own.dayCache.block('computeDays', day), undefined);
    assert.deepEqual(own.dayCache.failure('computeDays', day), { kind: 'notCovered' });
  }
  for (const { day } of wants('computeDays', '2026-11-10', 11)) {
    assert.equal(own.dayCache.block('computeDays', day)?.columns.length, 1);
    assert.equal(own.dayCache.failure('computeDays', day), undefined);
  }
  assert.deepEqual(
    own.saved.map(({ day }) => day),
    wants('computeDays', '2026-11-10', 11).map(({ day }) => day),
  );
  assert.deepEqual([own.looked, own.failures], [[], []]);
});

test('a reply that covers less leaves days that are kept as they are, and they stand', async () => {
  const own = world();
  const kept = { columns: toColumns([computeDay('m', '2026-11-05', 77)]), asOf: NOW - 10 * DAY, lookedAt: 0 };
  own.dayCache.keep({ part: 'computeDays', day: '2026-11-05' }, kept);
  own.dayCache.refreshedAt = NOW - DAY;
  own.coveredFrom = '2026-11-10';
  await own.loader.load(wants('computeDays', '2026-11-05', 1));
  const after = own.dayCache.block('computeDays', '2026-11-05');
  assert.deepEqual([after?.columns, after?.asOf], [kept.columns, kept.asOf]);
  assert.deepEqual(own.looked, [{ part: 'computeDays', day: '2026-11-05', lookedAt: NOW }]);
  assert.equal(own.dayCache.isCurrent({ part: 'computeDays', day: '2026-11-05' }), true);
  await own.loader.load(wants('computeDays', '2026-11-05', 1));
  assert.deepEqual(own.asked, ['day 2026-11-05..2026-11-05']);
  assert.deepEqual(own.saved, []);
});

test('of storage, which is kept twice, both are looked at; and a vendor that keeps nothing is not asked day by day', async () => {
  const own = world();
  own.dayCache.keep(
    { part: 'storageDays', day: '2026-11-02' },
    { columns: toColumns([]), asOf: NOW - 10 * DAY, lookedAt: 0 },
  );
  own.dayCache.refreshedAt = NOW - DAY;
  own.coveredFrom = '2026-12-01';
  await own.loader.load(wants('storageDays', '2026-11-01', 10));
  assert.ok(own.asked.length <= 4, own.asked.join());
  assert.deepEqual(own.looked, [
    { part: 'storage', day: '2026-11-02', lookedAt: NOW },
    { part: 'storageDays', day: '2026-11-02', lookedAt: NOW },
  ]);
});
