import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { monthForecast } from '../../../../src/insights/forecast/monthForecast';
import { DAY, HOUR } from '../../../../src/usage/time';
import { daysFrom } from './forecasting';

const VALUE = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 1000 }),
  fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
);
/** Up to three months, of which some days are unknown; the forecast is made on the day after them, whatever day that is. */
const SERIES = fc.record({
  start: fc.integer({ min: 17_000, max: 25_000 }).map((day) => day * DAY),
  values: fc.array(fc.option(VALUE, { nil: undefined, freq: 6 }), { minLength: 3, maxLength: 90 }),
  openDay: fc.option(VALUE, { nil: undefined }),
});

test('the interval contains the forecast, and nothing is less than what is metered', () => {
  fc.assert(
    fc.property(SERIES, ({ start, values, openDay }) => {
      const now = start + values.length * DAY + HOUR;
      const forecast = monthForecast({ days: daysFrom(start, values), openDay }, now);
      if (forecast) {
        const { metered, low, total, high } = forecast;
        assert.ok(metered >= (openDay ?? 0));
        assert.ok(metered <= low && low <= total && total <= high && Number.isFinite(high));
      }
    }),
  );
});

test('there is a forecast wherever three days that follow one another are known at the end', () => {
  fc.assert(
    fc.property(SERIES, fc.tuple(VALUE, VALUE, VALUE), ({ start, values }, newest) => {
      const all = [...values, ...newest];
      assert.ok(monthForecast({ days: daysFrom(start, all) }, start + all.length * DAY));
    }),
  );
});

test('a series in another unit has the same forecast in that unit', () => {
  fc.assert(
    fc.property(SERIES, fc.integer({ min: -10, max: 10 }), ({ start, values, openDay }, power) => {
      const scale = 2 ** power; // exact, so that no rounding decides between methods
      const scaled = (value: number | undefined): number | undefined => value && value * scale;
      const now = start + values.length * DAY;
      const one = monthForecast({ days: daysFrom(start, values), openDay }, now);
      const other = monthForecast(
        { days: daysFrom(start, values.map(scaled)), openDay: scaled(openDay) },
        now,
      );
      assert.deepEqual(
        other,
        one && {
          ...one,
          total: one.total * scale,
          low: one.low * scale,
          high: one.high * scale,
          metered: one.metered * scale,
        },
      );
    }),
  );
});

test('the same days give the same forecast, in whatever order they come', () => {
  fc.assert(
    fc.property(SERIES, ({ start, values, openDay }) => {
      const now = start + values.length * DAY;
      const days = daysFrom(start, values);
      const turned = new Map([...days].reverse());
      assert.deepEqual(monthForecast({ days: turned, openDay }, now), monthForecast({ days, openDay }, now));
    }),
  );
});

test('taking known days away leaves a forecast or none, never nonsense', () => {
  fc.assert(
    fc.property(SERIES, fc.array(fc.nat(89)), ({ start, values }, missing) => {
      const fewer = values.map((value, day) => (missing.includes(day) ? undefined : value));
      const forecast = monthForecast({ days: daysFrom(start, fewer) }, start + values.length * DAY);
      assert.ok(forecast === undefined || Number.isFinite(forecast.total + forecast.low + forecast.high));
    }),
  );
});
