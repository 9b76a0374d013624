import assert from 'node:assert/strict';
import test from 'node:test';
import { checkDays, type MonthDays } from '../../../../src/insights/checks/dayChecks';
import type { Finding } from '../../../../src/insights/checks/finding';
import { runToEnd } from '../../../../src/insights/checks/timeSliced';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../../src/usage/columns/columns';
import { DAY, dayPeriod, HOUR, MINUTE, startOfDay } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';

const DAYS = ['2026-11-10', '2026-11-11', '2026-11-12'];
const [FIRST = '', SECOND = '', THIRD = ''] = DAYS;
const WHOLE = DAY / 1000;

/** A day of storage, from one hour to another. */
function storageDay(machineId: string, day: string, from = 0, to = 24): UsageBucket {
  const start = startOfDay(day);
  return storageHour(machineId, day, 0, 5, { start: start + from * HOUR, end: start + to * HOUR });
}

const month = (buckets: readonly UsageBucket[]): DayColumns => columnsByDay(buckets, DAYS);

function found(days: Partial<MonthDays>): Finding[] {
  const all: MonthDays = { compute: undefined, storage: undefined, listed: undefined, ...days };
  return runToEnd(checkDays(all)).flatMap(({ findings }) => findings);
}

test('storage that stops before midnight and goes on after it has a gap', () => {
  const rows = [
    storageDay('a', FIRST, 3, 22),
    storageDay('a', SECOND, 1),
    storageDay('b', FIRST),
    storageDay('b', SECOND),
  ];
  const midnight = startOfDay(SECOND);
  assert.deepEqual(found({ storage: month(rows) }), [
    {
      ...{ kind: 'gap', severity: 'attention', usage: 'storage', subjectId: 'a' },
      ...{ start: midnight - 2 * HOUR, end: midnight + HOUR },
    },
  ]);
});

test('a machine that has no storage on a day between two has a gap of the day, one that begins or ends has none', () => {
  const rows = [
    ...[storageDay('a', FIRST), storageDay('a', THIRD)],
    ...[storageDay('begins', THIRD, 5), storageDay('ends', FIRST, 0, 6), storageDay('b', SECOND)],
  ];
  assert.deepEqual(
    found({ storage: month(rows) }).map(({ subjectId: machineId, start, end }) => [
      machineId,
      { start, end },
    ]),
    [['a', dayPeriod(SECOND)]],
  );
});

test('a day that is lost to all machines is told once, and not for each of them', () => {
  const rows = [
    storageDay('a', FIRST),
    storageDay('a', THIRD),
    storageDay('b', FIRST),
    storageDay('b', THIRD),
  ];
  assert.deepEqual(found({ storage: month(rows) }), [
    { kind: 'lostDay', severity: 'trouble', usage: 'storage', subjectId: undefined, ...dayPeriod(SECOND) },
  ]);
});

test('a day without compute is trouble only where machines did not sleep around it', () => {
  const severity = (awake: number): string[] =>
    found({ compute: month([computeDay('a', FIRST, awake), computeDay('a', THIRD, WHOLE)]) }).map(
      (finding) => `${finding.kind} ${finding.severity}`,
    );
  assert.deepEqual(severity(WHOLE), ['lostDay trouble']);
  assert.deepEqual(severity(WHOLE - 1), ['lostDay remark']);
});

test('a weekend without machines is no trouble: none was there on both sides of it', () => {
  assert.deepEqual(found({ storage: month([storageDay('friday', FIRST), storageDay('monday', THIRD)]) }), []);
  const compute = month([computeDay('friday', FIRST, WHOLE), computeDay('monday', THIRD, WHOLE)]);
  assert.deepEqual(found({ compute }), []);
});

test('a day that was not read is neither lost nor a gap', () => {
  const days = month([storageDay('a', FIRST), storageDay('a', THIRD)]);
  assert.deepEqual(found({ storage: days, unknown: new Set([SECOND]) }), []);
});

test('days before the first usage, and after the last, are not lost', () => {
  assert.deepEqual(found({ compute: month([computeDay('a', SECOND, WHOLE)]) }), []);
});

test('a machine that is not listed is a remark, and to be looked at when it is awake in the hour of the list', () => {
  const asOf = startOfDay(THIRD) + 14 * HOUR + 20 * MINUTE;
  const compute = month([
    computeDay('listed', THIRD, 60, { dataThrough: asOf }),
    computeDay('gone', THIRD, 60, { dataThrough: asOf - 20 * MINUTE }),
    computeDay('ghost', THIRD, 60, { dataThrough: asOf - 5 * MINUTE }),
  ]);
  const storage = month([storageDay('stored', THIRD, 0, 15), storageDay('deleted', SECOND)]);
  const listed = { ids: new Set(['listed', 'unused']), asOf };
  assert.deepEqual(
    found({ compute, storage, listed }).map(({ kind, subjectId: machineId, severity }) => [
      kind,
      machineId,
      severity,
    ]),
    [
      ['unlisted', 'ghost', 'attention'],
      ['unlisted', 'gone', 'remark'],
      ['unlisted', 'stored', 'remark'],
      ['unlisted', 'deleted', 'remark'],
    ],
  );
  assert.deepEqual(found({ compute, storage }), [], 'without a list nothing can be missing from it');
});
