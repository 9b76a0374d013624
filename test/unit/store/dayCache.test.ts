import assert from 'node:assert/strict';
import test from 'node:test';
import { DayCache } from '../../../src/store/dayCache';
import { dueAgainAt } from '../../../src/store/refetchPolicy';
import { CLOSING_MS } from '../../../src/usage/closing';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, startOfDay } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

const NOON = Date.UTC(2026, 10, 20, 12);

const block = (asOf: number, awake = 60): Parameters<DayCache['keep']>[1] => ({
  columns: toColumns([computeDay('m', '2026-11-20', awake)]),
  asOf,
});

test('a day is asked for again with every refresh until it has closed, then after one, three and seven days', () => {
  const day = '2026-11-20';
  const end = startOfDay(day) + DAY;
  assert.equal(dueAgainAt(day, end - 1), 0);
  assert.equal(dueAgainAt(day, end + CLOSING_MS - 1), 0);
  assert.equal(dueAgainAt(day, end + CLOSING_MS), end + DAY);
  assert.equal(dueAgainAt(day, end + DAY), end + 3 * DAY);
  assert.equal(dueAgainAt(day, end + 5 * DAY), end + 7 * DAY);
  assert.equal(dueAgainAt(day, end + 7 * DAY), Number.POSITIVE_INFINITY);
});

test('an open day is read again after each refresh, an old one never, and the old figures stay until then', () => {
  const dayCache = new DayCache();
  dayCache.refreshedAt = NOON;
  dayCache.keep({ part: 'computeHours', day: '2026-11-20' }, block(NOON + 1000));
  dayCache.keep({ part: 'computeHours', day: '2026-11-10' }, block(NOON + 1000));
  const current = (day: string): boolean => dayCache.isCurrent({ part: 'computeHours', day });
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [true, true]);
  dayCache.refreshedAt = NOON + 3 * DAY;
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [false, true]);
  assert.ok(dayCache.block('computeHours', '2026-11-20'));
});

test('the newer of two readings of a day counts', () => {
  const dayCache = new DayCache();
  const want = { part: 'computeDays', day: '2026-11-20' } as const;
  const awake = (): number | undefined =>
    dayCache.block('computeDays', '2026-11-20')?.columns.amounts.get('awake_seconds')?.[0];
  dayCache.keep(want, block(NOON, 60));
  dayCache.keep(want, block(NOON - 1, 50));
  assert.equal(awake(), 60);
  dayCache.keep(want, block(NOON + 1, 70));
  assert.equal(awake(), 70);
});

test('a day that a person wants anew is not current until it was read after that, and is given until then', () => {
  const dayCache = new DayCache();
  const want = { part: 'computeDays', day: '2026-11-10' } as const;
  dayCache.keep(want, block(NOON));
  dayCache.refreshedAt = NOON;
  assert.equal(dayCache.isCurrent(want), true);
  dayCache.expire([want], NOON + 1);
  assert.equal(dayCache.isCurrent(want), false);
  assert.equal(dayCache.block(want.part, want.day)?.asOf, NOON);
  dayCache.keep(want, block(NOON + 1));
  assert.equal(dayCache.isCurrent(want), true);
});

test('a day that was kept without a proof is given, and read again', () => {
  const dayCache = new DayCache();
  const want = { part: 'computeDays', day: '2026-11-01' } as const;
  dayCache.keep(want, { ...block(NOON), lookedAt: 0 });
  dayCache.refreshedAt = NOON + 1;
  assert.equal(dayCache.isCurrent(want), false);
  assert.equal(dayCache.block(want.part, want.day)?.columns.length, 1);
  dayCache.keep(want, block(NOON + 2));
  assert.equal(dayCache.isCurrent(want), true);
});

test('a closed day that the vendor tells of no more stays as it was kept, and is not asked for again', () => {
  const want = { part: 'computeDays', day: '2026-11-01' } as const;
  for (const kept of [{ ...block(NOON), lookedAt: 0 }, block(NOON - 15 * DAY)]) {
    const dayCache = new DayCache();
    dayCache.keep(want, kept);
    dayCache.refreshedAt = NOON + 1;
    dayCache.expire([want], NOON + 1);
    assert.equal(dayCache.isCurrent(want), false);
    assert.equal(dayCache.leave(want, NOON + 2), true);
    assert.equal(dayCache.isCurrent(want), true);
    assert.equal(dayCache.failure(want.part, want.day), undefined);
    assert.equal(dayCache.block(want.part, want.day)?.asOf, kept.asOf);
  }
});

test('a day that is not at hand, or was open when it was read, is not known when a reply leaves it out', () => {
  const dayCache = new DayCache();
  const [unknown, open] = ['2026-11-01', '2026-11-20'].map((day) => ({ part: 'computeDays' as const, day }));
  assert.ok(unknown !== undefined && open !== undefined);
  dayCache.keep(open, block(NOON - 1));
  dayCache.refreshedAt = NOON;
  for (const want of [unknown, open]) {
    assert.equal(dayCache.leave(want, NOON + 1), false);
    assert.equal(dayCache.isCurrent(want), false);
    assert.deepEqual(dayCache.failure(want.part, want.day), { kind: 'notCovered' });
  }
  assert.equal(dayCache.block(unknown.part, unknown.day), undefined);
  assert.equal(dayCache.block(open.part, open.day)?.columns.length, 1);
});
