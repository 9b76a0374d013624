import assert from 'node:assert/strict';
import test from 'node:test';
import type { UsageSource } from '../../../src/providers/provider';
import { DayCache } from '../../../src/store/dayCache';
import { OpenedHours } from '../../../src/store/openedHours';
import type { HourSpend } from '../../../src/usage/bucket';
import { CLOSING_MS } from '../../../src/usage/closing';
import { type DayColumns, toColumns } from '../../../src/usage/columns/columns';
import { UsageError } from '../../../src/usage/failure';
import { HOUR, startOfDay } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';

const DAY = '2026-11-10';
const AT = startOfDay('2026-11-20');
const HOUR_START = AT - 2 * HOUR;

/** What a window has opened, with a vendor that answers as it is told; `asked` is what went out. */
function opened(answers: { rows?: DayColumns; hour?: HourSpend | 'none' } = {}): {
  hours: OpenedHours;
  dayCache: DayCache;
  asked: unknown[];
  at: (now: number) => void;
  recalled: () => number;
} {
  let now = AT;
  let restores = 0;
  const { hour } = answers;
  const asked: unknown[] = [];
  const dayCache = new DayCache(() => now);
  dayCache.refreshedAt = AT;
  const source: Partial<UsageSource> = {
    rows: (part, question) => {
      asked.push([part, question]);
      return Promise.resolve(answers.rows ?? new Map());
    },
    ...(hour === 'none'
      ? {}
      : {
          hour: (query) => {
            asked.push(query);
            return hour === undefined
              ? Promise.reject(new UsageError({ kind: 'cut' }))
              : Promise.resolve(hour);
          },
        }),
  };
  const hours = new OpenedHours({
    dayCache,
    now: () => now,
    restore: () => {
      restores += 1;
      return Promise.resolve();
    },
    columns: (part) =>
      Promise.resolve(
        part === 'storage'
          ? toColumns([storageHour('m', DAY, 1, 5), storageHour('other', DAY, 1, 6)])
          : toColumns([computeDay('m', DAY, 7), computeDay('other', DAY, 8)]),
      ),
    inTurn: (ask) => ask(source as UsageSource, new AbortController().signal),
  });
  return {
    ...{ hours, dayCache, asked, recalled: () => restores },
    at: (later) => {
      now = later;
    },
  };
}

const columns = toColumns([computeDay('m', DAY, 1), computeDay('other', DAY, 2)]);

test('the hours of a machine are asked for by themselves, once, when those of all machines are not at hand', async () => {
  const { hours, asked, dayCache, at, recalled } = opened({ rows: new Map([[DAY, columns]]) });
  assert.equal(hours.hoursAsOf(DAY, 'm'), undefined);
  const expected = [computeDay('m', DAY, 1), storageHour('m', DAY, 1, 5)];
  assert.deepEqual(await hours.hours(DAY, 'm'), expected);
  at(AT + 1);
  assert.deepEqual(await hours.hours(DAY, 'm'), expected);
  const period = { start: startOfDay(DAY), end: startOfDay('2026-11-11') };
  assert.deepEqual(asked, [['computeHours', { period, machineId: 'm' }]]);
  assert.equal(hours.hoursAsOf(DAY, 'm'), AT);
  assert.equal(hours.hoursAsOf(DAY, 'other'), undefined);
  assert.equal(recalled(), 2);
  await hours.hours(DAY, 'other');
  assert.equal(asked.length, 2);
  dayCache.refreshedAt = AT + 1;
  await hours.hours(DAY, 'm');
  assert.equal(asked.length, 2, 'a day that had closed stands after a refresh');
});

test('the hours of all machines are taken when they are at hand', async () => {
  const { hours, asked, dayCache, recalled } = opened();
  dayCache.keep({ part: 'computeHours', day: DAY }, { columns, asOf: AT });
  assert.deepEqual(await hours.hours(DAY, 'm'), [computeDay('m', DAY, 7), storageHour('m', DAY, 1, 5)]);
  assert.deepEqual([asked, recalled(), hours.hoursAsOf(DAY, 'm')], [[], 0, AT]);
});

test('a reply that does not cover the day is told as that, and asked for again', async () => {
  const { hours, asked } = opened({ rows: new Map() });
  for (const requests of [1, 2]) {
    await assert.rejects(hours.hours(DAY, 'm'), (error: UsageError) => error.failure.kind === 'notCovered');
    assert.equal(asked.length, requests);
  }
});

test('what was spent in an hour stands once that had closed, else until the next refresh', async () => {
  const spend: HourSpend = { start: HOUR_START, paas: undefined, byoc: undefined, nodes: [] };
  const { hours, asked, dayCache, at } = opened({ hour: spend });
  const query = { start: HOUR_START };
  assert.equal(hours.spendAsOf(query), undefined);
  assert.equal(await hours.spend(query), spend);
  await hours.spend(query);
  assert.deepEqual([asked, hours.spendAsOf(query)], [[query], AT]);
  for (const deeper of [{ teamId: 't' }, { projectId: 'p' }, { resourceType: 'r' }]) {
    await hours.spend({ ...query, ...deeper });
  }
  assert.equal(asked.length, 4, 'each as deep as it was asked for');
  dayCache.refreshedAt = AT + 1;
  at(HOUR_START + HOUR + CLOSING_MS - 1);
  await hours.spend(query);
  assert.equal(asked.length, 5, 'it was open');
  dayCache.refreshedAt = HOUR_START + HOUR + CLOSING_MS;
  at(HOUR_START + HOUR + CLOSING_MS);
  await hours.spend(query);
  assert.equal(asked.length, 6);
  dayCache.refreshedAt += 1;
  at(dayCache.refreshedAt + HOUR);
  await hours.spend(query);
  assert.equal(asked.length, 6, 'it had closed');
});

test('an hour that fails is asked for again; a vendor without hours has none', async () => {
  const { hours, asked } = opened();
  await assert.rejects(hours.spend({ start: HOUR_START }), UsageError);
  await assert.rejects(hours.spend({ start: HOUR_START }), UsageError);
  assert.equal(asked.length, 2);
  await assert.rejects(opened({ hour: 'none' }).hours.spend({ start: HOUR_START }), RangeError);
});
