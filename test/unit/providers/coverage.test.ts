import assert from 'node:assert/strict';
import test from 'node:test';
import { checkMeets, coveredDays } from '../../../src/providers/coverage';
import { type Failure, UsageError } from '../../../src/usage/failure';

const at = (text: string): number => Date.parse(`2026-11-${text}Z`);
const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const LATER = at('20T12:00');

const cases: [string, string, string, number, string[]][] = [
  ['all of it', '01T00:00', '04T00:00', LATER, DAYS],
  ['more than was asked for', '01T00:00', '30T00:00', LATER, DAYS],
  ['from the second day on', '02T00:00', '04T00:00', LATER, DAYS.slice(1)],
  ['from within the second day on', '02T00:00:01', '04T00:00', LATER, DAYS.slice(2)],
  ['up to within the third', '01T00:00', '03T23:59:59', LATER, DAYS.slice(0, 2)],
  ['nothing at all', '01T00:00', '01T00:00', LATER, []],
  ['up to the answer, on an open day', '01T00:00', '03T14:20', at('03T14:20'), DAYS],
  ['up to the end of the open day', '01T00:00', '04T00:00', at('03T14:20'), DAYS],
  ['up to the hour of the answer', '01T00:00', '03T14:00', at('03T14:20'), DAYS],
  ['up to an hour before it', '01T00:00', '03T13:00', at('03T14:20'), DAYS.slice(0, 2)],
  ['up to the hour before, by a clock that is minutes behind', '01T00:00', '03T13:58', at('03T14:02'), DAYS],
  ['a day that has not begun', '01T00:00', '04T00:00', at('02T23:00'), DAYS.slice(0, 2)],
  ['a day that begins in a minute, by the other clock', '01T00:00', '03T00:00', at('02T23:59'), DAYS],
];
for (const [name, start, end, answeredAt, days] of cases) {
  test(`a reply that covers ${name}: ${days.length} days are known`, () => {
    assert.deepEqual(coveredDays({ start: at(start), end: at(end) }, DAYS, answeredAt), days);
  });
}

test('a reply about another time does not answer the question', () => {
  const asked = { start: at('01T00:00'), end: at('04T00:00') };
  const check = (start: number, end: number): Failure | undefined => {
    try {
      checkMeets({ start, end }, asked, 'reply.period_start');
      return undefined;
    } catch (error) {
      assert.ok(error instanceof UsageError);
      return error.failure;
    }
  };
  const refused = { kind: 'malformed', path: 'reply.period_start', expected: 'asAsked' };
  assert.deepEqual(check(asked.start - 30 * 86_400_000, asked.start - 1), refused);
  assert.deepEqual(check(asked.end, asked.end + 1), refused);
  assert.deepEqual(check(asked.end, asked.start), refused);
  assert.equal(check(asked.start, asked.start), undefined);
  assert.equal(check(asked.end - 1, asked.end + 86_400_000), undefined);
});
