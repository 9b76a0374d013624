import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { monthForecast } from '../../../../src/insights/forecast/monthForecast';
import { pastForecasts } from '../../../../src/insights/forecast/pastForecasts';
import { DAY, HOUR, startOfDay } from '../../../../src/usage/time';
import { runs } from '../../../support/runs';
import { daysFrom, made } from './forecasting';

const AUGUST = Date.UTC(2026, 7, 1);
const NOW = Date.UTC(2026, 10, 21, 14);
/** From 1 August to 20 November 2026. */
const VALUES = made(31 + 30 + 31 + 20, (day) => 10 + (day % 7) + (day % 5));

test('each month before says what the method said on the same day, and what came', () => {
  const past = pastForecasts({ days: daysFrom(AUGUST, VALUES) }, NOW);
  assert.deepEqual(
    past.map(({ day }) => day),
    ['2026-08-21', '2026-09-21', '2026-10-21'],
  );
  const october = VALUES.slice(61, 92).reduce((sum, value) => sum + value, 0);
  assert.equal(past[2]?.came, october);
});

test('a shorter month answers with its last day', () => {
  const days = daysFrom(
    Date.UTC(2027, 0, 10),
    made(80, () => 1),
  );
  const past = pastForecasts({ days }, Date.UTC(2027, 2, 31, 9));
  assert.deepEqual(
    past.map(({ day, came }) => [day, came]),
    [['2027-02-28', 28]],
  );
});

test('a month of which a day is unknown, or too few days on that day, is left out', () => {
  const holed = VALUES.map((value, day) => (day === 40 ? undefined : value));
  const days = daysFrom(AUGUST, holed);
  assert.deepEqual(
    pastForecasts({ days }, NOW).map(({ day }) => day),
    ['2026-08-21', '2026-10-21'],
  );
  // On 1 August nothing had been known.
  assert.deepEqual(
    pastForecasts({ days }, Date.UTC(2026, 10, 1)).map(({ day }) => day),
    ['2026-10-01'],
  );
});

test('nothing that was said looks at what came after it', () => {
  const value = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined, freq: 20 });
  fc.assert(
    fc.property(fc.array(value, { minLength: 40, maxLength: 110 }), (values) => {
      const now = AUGUST + values.length * DAY + HOUR;
      const days = daysFrom(AUGUST, values);
      for (const { day, forecast } of pastForecasts({ days }, now)) {
        const known = new Map([...days].filter(([of]) => of < day));
        assert.deepEqual(forecast, monthForecast({ days: known }, startOfDay(day)));
      }
    }),
    { numRuns: runs(20) },
  );
});
