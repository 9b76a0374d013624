import assert from 'node:assert/strict';
import test from 'node:test';
import type { UsageBucket } from '../../../src/usage/bucket';
import { toColumns } from '../../../src/usage/columns/columns';
import { UsageError } from '../../../src/usage/failure';
import { DAY } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';
import { NOW, wants, world } from './dayLoading';

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
