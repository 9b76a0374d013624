import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { forecastEstimate } from '../../../../src/insights/estimate/forecastEstimate';
import { estimateForecast, monthEstimate, takesRates } from '../../../../src/insights/estimate/monthEstimate';
import { monthForecast } from '../../../../src/insights/forecast/monthForecast';
import { MACHINE_CAPABILITIES } from '../../../../src/providers/machineCapabilities';
import { PROVIDERS } from '../../../../src/providers/registry';
import { type AccountUsage, emptyUsage } from '../../../../src/store/accountUsage';
import { DayCache } from '../../../../src/store/dayCache';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay, type DayColumns, toColumns } from '../../../../src/usage/columns/columns';
import type { Rates } from '../../../../src/usage/rates';
import { DAY, daysOf, HOUR, MINUTE, monthOf, monthToDate } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';
import { daysFrom } from '../forecast/forecasting';

const NOW = Date.UTC(2026, 10, 2, 12);
const ONE = 10 ** 10;
const rates: Rates = { currency: 'USD', perVcpuHour: ONE, perMemoryGibHour: ONE, perStorageGibHour: ONE };
const month = (parts: Partial<AccountUsage>): AccountUsage => ({ ...emptyUsage(monthToDate(NOW)), ...parts });
const days = (buckets: readonly UsageBucket[]): DayColumns => columnsByDay(buckets, ['2026-11-01']);
/** An hour at a tenth of a vCPU, with 4 GiB. */
const compute = { value: days([computeDay('m', '2026-11-01', 3600)]), asOf: NOW - MINUTE };
const storage = (gibHours: number) => ({
  value: days([storageHour('m', '2026-11-01', 2, gibHours * 1024 * 3600)]),
  asOf: NOW - HOUR,
});

test('the month to date is what is metered at the rates, as of the older reading', () => {
  const made = monthEstimate(month({ compute, storage: storage(30) }), rates, NOW);
  assert.deepEqual([made?.amount, made?.asOf], [34.1 * ONE, NOW - HOUR]);
});

test('a breakdown that was not read is said to be missing and is not free', () => {
  const made = monthEstimate(month({ compute }), rates, NOW);
  assert.deepEqual([made?.amount, made?.unknown], [4.1 * ONE, ['storage_mib_seconds']]);
  assert.equal(monthEstimate(month({}), rates, NOW), undefined);
});

test('what is included of storage grows up to its reading, and not beyond the month', () => {
  const own: Rates = { ...rates, included: { storageGib: ONE } };
  const read = monthEstimate(month({ storage: storage(50) }), own, NOW);
  assert.equal(read?.amount, (50 - 35) * ONE);
  const late = { ...storage(800), asOf: Date.UTC(2026, 11, 1, 1) };
  assert.equal(monthEstimate(month({ storage: late }), own, NOW)?.amount, (800 - 720) * ONE);
});

test('only vendors that give no money take rates', () => {
  const taking = Object.values(PROVIDERS).filter(({ capabilities }) => takesRates(capabilities));
  assert.deepEqual(taking.map(({ id }) => id).sort(), ['dedalus', 'sample']);
  assert.ok(
    Object.values(PROVIDERS).every(({ capabilities, listPrices }) => !listPrices || takesRates(capabilities)),
  );
});

test('a forecast has what is included of the whole month, and its ends in order', () => {
  const own: Rates = { ...rates, included: { storageGib: ONE } };
  const whole = {
    month: monthOf(NOW),
    total: 800 * 1024 * 3600,
    low: 700 * 1024 * 3600,
    high: 9e4 * 3600 * 1024,
  };
  const made = estimateForecast({ storage_mib_seconds: whole }, own);
  assert.deepEqual(
    [made?.low.amount, made?.total.amount, made?.high.amount],
    [0, 80 * ONE, (9e4 - 720) * ONE],
  );
  assert.deepEqual(made?.total.unknown, ['cpu_millicore_seconds', 'memory_mib_seconds']);
  assert.equal(estimateForecast({}, own), undefined);
});

test('the forecast of what is metered day by day is between its ends, whatever is included', () => {
  const value = fc.double({ min: 0, max: 1e18, noNaN: true });
  const unit = fc.integer({ min: 0, max: 1e12 });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 3, maxLength: 20 }),
      unit,
      unit,
      (values, included, perVcpuHour) => {
        const start = Date.UTC(2026, 10, 1);
        const forecast = monthForecast({ days: daysFrom(start, values) }, start + values.length * DAY);
        assert.ok(forecast);
        const own: Rates = {
          currency: 'USD',
          perVcpuHour,
          included: { vcpuHours: included, money: included },
        };
        const made = estimateForecast({ cpu_millicore_seconds: forecast }, own);
        assert.ok(made && made.low.amount <= made.total.amount && made.total.amount <= made.high.amount);
      },
    ),
  );
});

test('the month to come is at the rates what its meters come to, and nothing where one has no forecast', () => {
  const dayCache = new DayCache();
  const now = Date.UTC(2026, 10, 11);
  for (const day of daysOf({ start: Date.UTC(2026, 10, 1), end: now })) {
    const columns = toColumns([computeDay('m', day, 36_000)]); // an hour of a vCPU, and 40 GiB-h
    dayCache.keep({ part: 'computeDays', day }, { columns, asOf: now });
  }
  const usage = emptyUsage(monthToDate(now));
  const of = { capabilities: MACHINE_CAPABILITIES, account: {}, usage, dayCache, now };
  const lines = [{ meter: 'cpu_millicore_seconds' as const, quantity: 0, included: 0, rate: 0, money: 0 }];
  const end = forecastEstimate(of, { lines, unknown: ['memory_mib_seconds'] }, rates);
  assert.ok(Math.abs(Number(end?.total.amount) / ONE - 30 * 41) < 1e-6);
  assert.equal(forecastEstimate(of, { lines, unknown: ['storage_mib_seconds'] }, rates), undefined);
});
