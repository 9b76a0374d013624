import assert from 'node:assert/strict';
import test from 'node:test';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { History } from '../../../src/store/history';
import { DAY, dayPeriod, monthToDate } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

const NOON = Date.UTC(2026, 10, 20, 12);

function overview(asOf: number, awake: number): AccountUsage {
  return {
    ...emptyUsage(monthToDate(asOf)),
    compute: { value: [computeDay('m', '2026-11-20', awake)], asOf },
  };
}

test('the days of the month’s overview are days of the history', () => {
  const history = new History();
  history.follow(overview(NOON, 60));
  assert.equal(history.block('computeDays', '2026-11-20')?.columns.length, 1);
  assert.equal(history.block('computeDays', '2026-11-19')?.columns.length, 0, 'read, and nothing there');
  assert.equal(history.block('computeDays', '2026-11-21'), undefined, 'not read');
  assert.equal(history.block('storage', '2026-11-20'), undefined, 'not read');
});

test('a day that has not settled is read again with each refresh, an old one never', () => {
  const history = new History();
  history.follow(overview(NOON, 60));
  history.keep('computeHours', dayPeriod('2026-11-20'), [], NOON + 1000);
  history.keep('computeHours', dayPeriod('2026-11-10'), [], NOON + 1000);
  const current = (day: string): boolean => history.isCurrent({ part: 'computeHours', day });
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [true, true]);
  history.follow(overview(NOON + 3 * DAY, 60));
  assert.deepEqual([current('2026-11-20'), current('2026-11-10')], [false, true]);
  assert.ok(history.block('computeHours', '2026-11-20'), 'the old figures stay until then');
});

test('the newer of two readings of a day counts', () => {
  const history = new History();
  history.keep('computeDays', dayPeriod('2026-11-20'), [computeDay('m', '2026-11-20', 50)], NOON - 1);
  history.follow(overview(NOON, 60));
  assert.equal(history.block('computeDays', '2026-11-20')?.columns.amounts.get('awake_seconds')?.[0], 60);
  history.keep('computeDays', dayPeriod('2026-11-20'), [computeDay('m', '2026-11-20', 70)], NOON + 1);
  assert.equal(history.block('computeDays', '2026-11-20')?.columns.amounts.get('awake_seconds')?.[0], 70);
});
