import assert from 'node:assert/strict';
import test from 'node:test';
import { History } from '../../../src/store/history';
import { dueAgainAt } from '../../../src/store/refetchPolicy';
import { CLOSING_MS } from '../../../src/usage/closing';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, startOfDay } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

const NOON = Date.UTC(2026, 10, 20, 12);

const block = (asOf: number, awake = 60): Parameters<History['keep']>[1] => ({
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
  const history = new History();
  history.refreshedAt = NOON;
  history.keep({ part: 'computeHours', day: '2026-11-20' }, block(NOON + 1000));
  history.keep({ part: 'computeHours', day: '2026-11-10' }, block(NOON + 1000));
  const current = (day: string): boolean => history.isCurrent({ part: 'computeHours', day });
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [true, true]);
  history.refreshedAt = NOON + 3 * DAY;
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [false, true]);
  assert.ok(history.block('computeHours', '2026-11-20'));
});

test('the newer of two readings of a day counts', () => {
  const history = new History();
  const want = { part: 'computeDays', day: '2026-11-20' } as const;
  const awake = (): number | undefined =>
    history.block('computeDays', '2026-11-20')?.columns.amounts.get('awake_seconds')?.[0];
  history.keep(want, block(NOON, 60));
  history.keep(want, block(NOON - 1, 50));
  assert.equal(awake(), 60);
  history.keep(want, block(NOON + 1, 70));
  assert.equal(awake(), 70);
});

test('a day that a person wants anew is not current until it was read after that, and is given until then', () => {
  const history = new History();
  const want = { part: 'computeDays', day: '2026-11-10' } as const;
  history.keep(want, block(NOON));
  history.refreshedAt = NOON;
  assert.equal(history.isCurrent(want), true);
  history.expire([want], NOON + 1);
  assert.equal(history.isCurrent(want), false);
  assert.equal(history.block(want.part, want.day)?.asOf, NOON);
  history.keep(want, block(NOON + 1));
  assert.equal(history.isCurrent(want), true);
});

test('a day that was kept without a proof is given, and read again', () => {
  const history = new History();
  const want = { part: 'computeDays', day: '2026-11-01' } as const;
  history.keep(want, { ...block(NOON), lookedAt: 0 });
  history.refreshedAt = NOON + 1;
  assert.equal(history.isCurrent(want), false);
  assert.equal(history.block(want.part, want.day)?.columns.length, 1);
  history.keep(want, block(NOON + 2));
  assert.equal(history.isCurrent(want), true);
});

test('a closed day that the vendor tells of no more stays as it was kept, and is not asked for again', () => {
  const want = { part: 'computeDays', day: '2026-11-01' } as const;
  for (const kept of [{ ...block(NOON), lookedAt: 0 }, block(NOON - 15 * DAY)]) {
    const history = new History();
    history.keep(want, kept);
    history.refreshedAt = NOON + 1;
    history.expire([want], NOON + 1);
    assert.equal(history.isCurrent(want), false);
    assert.equal(history.leave(want, NOON + 2), true);
    assert.equal(history.isCurrent(want), true);
    assert.equal(history.failure(want.part, want.day), undefined);
    assert.equal(history.block(want.part, want.day)?.asOf, kept.asOf);
  }
});

test('a day that is not at hand, or was open when it was read, is not known when a reply leaves it out', () => {
  const history = new History();
  const [unknown, open] = ['2026-11-01', '2026-11-20'].map((day) => ({ part: 'computeDays' as const, day }));
  assert.ok(unknown !== undefined && open !== undefined);
  history.keep(open, block(NOON - 1));
  history.refreshedAt = NOON;
  for (const want of [unknown, open]) {
    assert.equal(history.leave(want, NOON + 1), false);
    assert.equal(history.isCurrent(want), false);
    assert.deepEqual(history.failure(want.part, want.day), { kind: 'notCovered' });
  }
  assert.equal(history.block(unknown.part, unknown.day), undefined);
  assert.equal(history.block(open.part, open.day)?.columns.length, 1);
});
