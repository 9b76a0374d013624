import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  allowsHours,
  isUtcDay,
  lengthOf,
  type RangeChoice,
  resolveRange,
  slotsOf,
  troubleOf,
  zoomedIn,
} from '../../../src/usage/range';
import { DAY, HOUR, utcDay } from '../../../src/usage/time';

const NOW = Date.UTC(2026, 10, 20, 14, 20);

function dates(choice: RangeChoice, now = NOW): string[] {
  const { period, previous } = resolveRange(choice, now);
  return [period.start, period.end - 1, previous.start, previous.end - 1].map(utcDay);
}

test('ranges are whole UTC days, with what they are compared with', () => {
  assert.deepEqual(dates({ kind: 'thisMonth' }), ['2026-11-01', '2026-11-30', '2026-10-01', '2026-10-31']);
  assert.deepEqual(dates({ kind: 'lastMonth' }), ['2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30']);
  assert.deepEqual(dates({ kind: 'last7Days' }), ['2026-11-14', '2026-11-20', '2026-11-07', '2026-11-13']);
  assert.deepEqual(dates({ kind: 'last30Days' }), ['2026-10-22', '2026-11-20', '2026-09-22', '2026-10-21']);
  assert.deepEqual(dates({ kind: 'dates', first: '2026-02-27', last: '2026-03-01' }), [
    '2026-02-27',
    '2026-03-01',
    '2026-02-24',
    '2026-02-26',
  ]);
});

test('the month before January is December, and the last day of a month belongs to it', () => {
  assert.deepEqual(dates({ kind: 'lastMonth' }, Date.UTC(2026, 0, 31, 23, 59)), [
    '2025-12-01',
    '2025-12-31',
    '2025-11-01',
    '2025-11-30',
  ]);
});

test('dates that are no range say why', () => {
  assert.equal(troubleOf('', '2026-11-02', NOW), 'notADate');
  assert.equal(troubleOf('2026-02-30', '2026-11-02', NOW), 'notADate');
  assert.equal(troubleOf('2026-11-03', '2026-11-02', NOW), 'reversed');
  assert.equal(troubleOf('2026-11-03', '2026-11-21', NOW), 'future');
  assert.equal(troubleOf('2020-01-01', '2026-11-01', NOW), 'tooLong');
  assert.equal(troubleOf('2026-11-03', '2026-11-20', NOW), undefined);
});

test('a date is a day that exists', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true }), (date) =>
      isUtcDay(date.toISOString().slice(0, 10)),
    ),
  );
  for (const text of ['2026-2-3', '2026-13-01', '2026-02-29', '+02026-01-01', '2026-01-01T00:00', '<b>']) {
    assert.equal(isUtcDay(text), false, text);
  }
});

test('slots cover the period without a hole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 70 }),
      fc.constantFrom('hour' as const, 'day' as const),
      (startDay, days, granularity) => {
        const period = { start: startDay * DAY, end: (startDay + days) * DAY };
        const starts = slotsOf(period, granularity);
        const length = lengthOf(granularity);
        assert.equal(starts[0], period.start);
        assert.equal((starts.at(-1) ?? 0) + length, period.end);
        assert.ok(starts.every((start, slot) => start === period.start + slot * length));
      },
    ),
  );
});

test('a zoom is whole slots within the range, or nothing', () => {
  const range = { start: 10 * DAY, end: 20 * DAY };
  assert.deepEqual(zoomedIn(range, { start: 11.5 * DAY, end: 12.25 * DAY }, 'day'), {
    start: 11 * DAY,
    end: 13 * DAY,
  });
  assert.deepEqual(zoomedIn(range, { start: 11 * DAY + 90, end: 11 * DAY + 2 * HOUR }, 'hour'), {
    start: 11 * DAY,
    end: 11 * DAY + 2 * HOUR,
  });
  assert.deepEqual(zoomedIn(range, { start: 0, end: 11 * DAY }, 'day'), { start: 10 * DAY, end: 11 * DAY });
  assert.deepEqual(zoomedIn(range, { start: 30 * DAY, end: 31 * DAY }, 'day'), range);
  assert.deepEqual(zoomedIn(range, undefined, 'day'), range);
});

test('hours are for two months at most', () => {
  assert.equal(allowsHours({ start: 0, end: 62 * DAY }), true);
  assert.equal(allowsHours({ start: 0, end: 63 * DAY }), false);
});
