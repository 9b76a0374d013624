import assert from 'node:assert/strict';
import test from 'node:test';
import {
  bucketsOfMonth,
  daysWithUsage,
  flaggedBuckets,
  trailDays,
  trailWants,
} from '../../../../src/insights/trail/trailDays';
import { type AccountUsage, emptyUsage } from '../../../../src/store/accountUsage';
import { DayCache } from '../../../../src/store/dayCache';
import { columnsByDay } from '../../../../src/usage/columns/columns';
import { DAY, daysOf, monthToDate, startOfDay } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';
import { breakdown, hour } from './hours';

const NOW = Date.UTC(2026, 10, 20, 12);
const PERIOD = monthToDate(NOW);

/** Five days of compute that go into two buckets each, and one of storage before them. */
function month(): AccountUsage {
  const days = daysOf(PERIOD);
  const compute = [11, 12, 13, 14, 15].map((day) =>
    computeDay('dm-1', `2026-11-${day}`, 10, { meteringBucketIds: [`org-${day}`, `org-${day}-late`] }),
  );
  const storage = [storageHour('dm-2', '2026-11-10', 3, 10, { meteringBucketIds: ['org-11'] })];
  return {
    ...emptyUsage(PERIOD),
    compute: { value: columnsByDay(compute, days, 'shared'), asOf: NOW },
    storage: { value: columnsByDay(storage, days, 'shared'), asOf: NOW },
  };
}

test('without a text the trail is of the newest day with usage; with one, of the newest three that hold it', () => {
  const account = { aliases: { 'dm-2': 'Build box' } };
  assert.deepEqual(trailDays(month(), ' ', account, NOW), { days: ['2026-11-15'], more: 0 });
  assert.deepEqual(trailDays(month(), 'dm-1', account, NOW), {
    days: ['2026-11-15', '2026-11-14', '2026-11-13'],
    more: 2,
  });
  assert.deepEqual(trailDays(month(), 'build', account, NOW), { days: ['2026-11-10'], more: 0 });
  assert.deepEqual(trailDays(month(), 'org-99', account, NOW), { days: [], more: 0 });
  assert.deepEqual(trailDays(emptyUsage(PERIOD), '', account, NOW), { days: [], more: 0 });
});

test('days without usage are left out, and each kind has its own buckets', () => {
  assert.deepEqual(daysWithUsage(month(), NOW).slice(-2), ['2026-11-11', '2026-11-10']);
  assert.equal(bucketsOfMonth(month()), 11);
});

test('how many buckets have something to look at is known once the hours of the day are at hand', () => {
  const day = '2026-11-20';
  const dayCache = new DayCache();
  const asOf = startOfDay(day) + 2 * DAY;
  const { columns } = breakdown([hour('a', 1, ['x']), hour('a', 2, ['y'], { after: 65 })]);
  assert.equal(flaggedBuckets(dayCache, day), undefined);
  dayCache.keep({ part: 'computeHours', day }, { columns, asOf });
  assert.equal(flaggedBuckets(dayCache, day), undefined);
  dayCache.keep({ part: 'storage', day }, { columns: breakdown([]).columns, asOf });
  assert.equal(flaggedBuckets(dayCache, day), 1);
  assert.deepEqual(
    trailWants(day).map(({ part }) => part),
    ['computeHours', 'storage'],
  );
});

test('the same rows, asked for earlier, tell of nothing late', () => {
  const day = '2026-11-20';
  const dayCache = new DayCache();
  const { columns } = breakdown([hour('a', 1, ['x'])]);
  const asOf = startOfDay(day) + DAY;
  dayCache.keep({ part: 'computeHours', day }, { columns, asOf });
  dayCache.keep({ part: 'storage', day }, { columns: breakdown([]).columns, asOf });
  assert.equal(flaggedBuckets(dayCache, day), 0);
  dayCache.keep({ part: 'computeHours', day }, { columns, asOf: asOf + DAY });
  assert.equal(flaggedBuckets(dayCache, day), 1);
});
