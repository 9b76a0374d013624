import assert from 'node:assert/strict';
import test from 'node:test';
import { MACHINES_PLAN } from '../../../src/providers/machinesPlan';
import type { RowQuery, UsageSource } from '../../../src/providers/provider';
import { DayLoader } from '../../../src/store/dayLoader';
import type { KeptBlock } from '../../../src/store/database/operations';
import { History, type Want } from '../../../src/store/history';
import type { HistoryPart } from '../../../src/usage/part';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay, toColumns } from '../../../src/usage/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { DAY, daysOf, startOfDay, utcDay } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';

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
  recall: (part: HistoryPart, days: readonly string[]) => void;
  recalls: boolean;
  readonly saved: KeptBlock[];
  /** How often the lease was taken and not given back. */
  leases: number;
  onLease: () => void;
  answer: (name: string, query: RowQuery, signal: AbortSignal | undefined) => Promise<UsageBucket[]>;
}

const NAMES: Readonly<Record<string, string>> = { computeDays: 'day', computeHours: 'hour' };

function world(): World {
  const asked: string[] = [];
  const failures: Failure[] = [];
  const history = new History();
  const read = (name: string) => (query: RowQuery, signal?: AbortSignal) => {
    const label = `${name} ${utcDay(query.period.start)}..${utcDay(query.period.end - 1)}`;
    asked.push(label);
    return own.answer(label, query, signal).then((buckets) => columnsByDay(buckets, daysOf(query.period)));
  };
  const source: Partial<UsageSource> = {
    rows: (part, query, signal) => read(NAMES[part] ?? part)(query, signal),
  };
  const own: World = {
    history,
    asked,
    failures,
    ...{ recall: () => {}, recalls: false, saved: [], leases: 0, onLease: () => {} },
    loader: new DayLoader({
      plan: MACHINES_PLAN,
      history,
      now: () => NOW,
      open: () => Promise.resolve(source as UsageSource),
      recall: (part, days) => {
        own.recall(part, days);
        return Promise.resolve();
      },
      save: (blocks) => {
        own.saved.push(...blocks);
        return Promise.resolve();
      },
      recalls: () => own.recalls,
      lease: {
        take: () => {
          own.leases += 1;
          own.onLease();
          return Promise.resolve();
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
    'storage 2026-11-01..2026-11-01',
    'storage 2026-11-02..2026-11-02',
  ]);
  assert.equal(history.block('computeDays', '2026-11-02')?.columns.length, 1);
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
  assert.equal(own.history.failure('storage', '2026-11-01')?.kind, 'cut');
});

test('what another process has read is taken from the database, and the vendor is not asked', async () => {
  const own = world();
  const kept = new Set(['2026-11-01', '2026-11-02', '2026-11-03']);
  own.recall = (part, days) => {
    for (const day of days.filter((wanted) => kept.has(wanted))) {
      own.history.keep({ part, day }, { columns: toColumns([computeDay('m', day, 60)]), asOf: NOW });
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
    own.recall = (part, days) => {
      for (const day of days) {
        own.history.keep({ part, day }, { columns: toColumns([]), asOf: NOW });
      }
    };
  };
  await own.loader.load(wants('computeHours', '2026-11-01', 4));
  assert.deepEqual(own.asked, []);
});

test('storage is kept as it came and by machine and day; the former stays at hand where it was wanted', async () => {
  const own = world();
  own.recalls = true;
  own.answer = () => Promise.resolve([1, 2].map((hour) => storageHour('m', '2026-11-10', hour, 5)));
  await own.loader.load(wants('storageDays', '2026-11-10', 1));
  const amount = own.history.block('storageDays', '2026-11-10')?.columns.amounts.get('storage_mib_seconds');
  assert.deepEqual([...(amount ?? [])], [10]);
  assert.equal(own.history.block('storage', '2026-11-10'), undefined);
  assert.deepEqual(
    own.saved.map(({ part, columns }) => [part, columns.length]),
    [
      ['storage', 2],
      ['storageDays', 1],
    ],
  );
  await own.loader.load(wants('storage', '2026-11-10', 1));
  assert.equal(own.history.block('storage', '2026-11-10')?.columns.length, 2);
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
