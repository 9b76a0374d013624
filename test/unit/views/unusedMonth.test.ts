import assert from 'node:assert/strict';
import test from 'node:test';
import { daysOf } from '../../../src/usage/time';
import { unusedMonth } from '../../../src/views/dashboard/charts/unusedMonth';
import { OCTOBER, octoberInput } from './octoberInput';

/** All days of October and the three of November that have begun, by the clock of the input. */
const DAYS = [...daysOf(OCTOBER), '2026-11-01', '2026-11-02', '2026-11-03'];
const THIS_MONTH = { range: { kind: 'thisMonth' } } as const;
/** On its first day: earlier days without rows might no longer be kept by the vendor. */
const OCTOBER_USE = { id: 'a', day: '2026-10-01', seconds: 7200 };

test('a month that has begun without usage says what the one before came to', () => {
  const unused = unusedMonth(octoberInput([OCTOBER_USE], { days: DAYS, choices: THIS_MONTH, storage: true }));
  assert.deepEqual(unused, {
    month: Date.UTC(2026, 10),
    hasJustBegun: true,
    before: {
      month: Date.UTC(2026, 9),
      meter: 'awake_seconds',
      sum: { amount: 7200, whole: true },
    },
  });
});

test('of a month before without usage nothing is told', () => {
  const unused = unusedMonth(octoberInput([], { days: DAYS, choices: THIS_MONTH, storage: true }));
  assert.deepEqual(unused, { month: Date.UTC(2026, 10), hasJustBegun: true });
});

test('a month before that is known in part is marked as such', () => {
  const days = DAYS.filter((day) => day !== '2026-10-20');
  const unused = unusedMonth(octoberInput([OCTOBER_USE], { days, choices: THIS_MONTH, storage: true }));
  assert.deepEqual(unused?.before?.sum, { amount: 7200, whole: false });
});

test('a month with usage, with a day that is not known, or another period is not an unused month', () => {
  const used = { id: 'a', day: '2026-11-02', seconds: 1 };
  assert.equal(
    unusedMonth(octoberInput([used], { days: DAYS, choices: THIS_MONTH, storage: true })),
    undefined,
  );
  const days = DAYS.filter((day) => day !== '2026-11-01');
  assert.equal(unusedMonth(octoberInput([], { days, choices: THIS_MONTH, storage: true })), undefined);
  assert.equal(unusedMonth(octoberInput([], { days: DAYS, storage: true })), undefined);
});
