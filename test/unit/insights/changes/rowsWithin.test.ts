import assert from 'node:assert/strict';
import test from 'node:test';
import { rowsWithin } from '../../../../src/insights/changes/rowsWithin';
import { DayCache } from '../../../../src/store/dayCache';
import { isKeptFrom } from '../../../../src/store/rowsBegin';
import type { BreakdownId } from '../../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { toColumns } from '../../../../src/usage/columns/columns';
import { DAY, dayPeriod, HOUR, type Period, startOfDay } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';

const FIRST = '2026-11-01';
const SECOND = '2026-11-02';
const THIRD = '2026-11-03';
const LATER = startOfDay('2026-11-20');

/** A history of so many buckets a day, each read at the same time. */
function historyOf(days: readonly [BreakdownId, string, readonly UsageBucket[]][], asOf = LATER): DayCache {
  const dayCache = new DayCache();
  for (const [part, day, buckets] of days) {
    dayCache.keep({ part, day }, { columns: toColumns(buckets), asOf });
  }
  return dayCache;
}

function hours(day: string, ...which: number[]): UsageBucket[] {
  return which.map((hour) => {
    const start = startOfDay(day) + hour * HOUR;
    return computeDay('m', day, hour, { start, end: start + HOUR });
  });
}

const periodOf = (fromHour: number, toHour: number): Period => ({
  start: startOfDay(FIRST) + fromHour * HOUR,
  end: startOfDay(FIRST) + toHour * HOUR,
});

const dayCache = historyOf([
  ['computeDays', FIRST, [computeDay('m', FIRST, 1)]],
  ['computeDays', SECOND, [computeDay('m', SECOND, 2)]],
  ['computeHours', FIRST, hours(FIRST, 0, 11, 12, 23)],
  ['computeHours', THIRD, hours(THIRD, 0, 5, 6)],
  ['storageDays', SECOND, [storageHour('s', SECOND, 0, 9)]],
]);

/** The days of a period, each with how much was awake in its rows. */
function awake(own: DayCache, period: Period): unknown {
  const rows = rowsWithin(own, period, 'awake_seconds');
  return rows && [...rows].map(([day, columns]) => [day, ...(columns.amounts.get('awake_seconds') ?? [])]);
}

test('whole days are taken by day, and cut ones by the hours that lie within', () => {
  assert.deepEqual(awake(dayCache, periodOf(0, 48)), [
    [FIRST, 1],
    [SECOND, 2],
  ]);
  const cut = [
    [FIRST, 12, 23],
    [SECOND, 2],
    [THIRD, 0, 5],
  ];
  assert.deepEqual(awake(dayCache, periodOf(12, 54)), cut);
  assert.deepEqual(awake(dayCache, periodOf(12, 54)), cut, 'also when it is asked for again');
  assert.deepEqual(awake(dayCache, periodOf(11, 54)), [[FIRST, 11, 12, 23], ...cut.slice(1)]);
  const storage = rowsWithin(dayCache, dayPeriod(SECOND), 'storage_mib_seconds');
  assert.deepEqual([...(storage?.get(SECOND)?.amounts.get('storage_mib_seconds') ?? [])], [9]);
});

test('nothing is told of a period of which a day is not at hand, or an hour lies across its edge', () => {
  assert.equal(awake(dayCache, periodOf(0, 72)), undefined);
  assert.equal(awake(dayCache, periodOf(24, 53.5)), undefined);
  assert.equal(awake(dayCache, periodOf(12.5, 48)), undefined);
  assert.equal(awake(dayCache, periodOf(-5, 24)), undefined);
});

test('a period ends with what was read', () => {
  const noon = startOfDay(FIRST) + 12 * HOUR;
  const open = historyOf(
    [
      ['computeDays', FIRST, [computeDay('m', FIRST, 1)]],
      ['computeHours', FIRST, hours(FIRST, 0, 11)],
    ],
    noon,
  );
  assert.deepEqual(awake(open, periodOf(0, 12)), [[FIRST, 0, 11]]);
  assert.equal(awake(open, periodOf(0, 13)), undefined);
  assert.equal(awake(open, periodOf(0, 24)), undefined);
});

test('days before the first row may be past what the vendor keeps', () => {
  const own = historyOf([
    ['computeDays', FIRST, []],
    ['computeHours', SECOND, hours(SECOND, 3)],
    ['computeDays', THIRD, [computeDay('m', THIRD, 1)]],
    ['storage', THIRD, [storageHour('s', THIRD, 0, 9)]],
    ['storageDays', '2026-11-04', [storageHour('s', '2026-11-04', 0, 9)]],
  ]);
  const isKept = (day: string, meter: 'awake_seconds' | 'storage_mib_seconds'): boolean =>
    isKeptFrom(own, dayPeriod(day), meter);
  assert.deepEqual(
    [FIRST, SECOND, THIRD].map((day) => isKept(day, 'awake_seconds')),
    [false, true, true],
  );
  assert.deepEqual(
    [SECOND, THIRD, '2026-11-04'].map((day) => isKept(day, 'storage_mib_seconds')),
    [false, true, true],
  );
  own.keep(
    { part: 'computeDays', day: FIRST },
    { columns: toColumns([computeDay('m', FIRST, 1)]), asOf: LATER },
  );
  assert.equal(isKept(FIRST, 'awake_seconds'), true, 'once a row of it has come');
  assert.equal(isKept(SECOND, 'storage_mib_seconds'), false);
  const byDay = historyOf([['storageDays', SECOND, [storageHour('s', SECOND, 0, 9)]]]);
  assert.deepEqual(
    [FIRST, SECOND].map((day) => isKeptFrom(byDay, dayPeriod(day), 'storage_mib_seconds')),
    [false, true],
  );
  assert.equal(isKeptFrom(new DayCache(), { start: 0, end: DAY }, 'awake_seconds'), false);
});
