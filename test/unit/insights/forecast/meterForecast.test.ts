import assert from 'node:assert/strict';
import test from 'node:test';
import {
  forecastMeters,
  forecastWants,
  knownDays,
  meterForecast,
} from '../../../../src/insights/forecast/meterForecast';
import { MACHINE_CAPABILITIES } from '../../../../src/providers/machineCapabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../../src/providers/northflank/capabilities';
import { emptyUsage } from '../../../../src/store/accountUsage';
import { DayCache } from '../../../../src/store/dayCache';
import { toColumns } from '../../../../src/usage/columns/columns';
import type { MeterId } from '../../../../src/usage/meter';
import {
  DAY,
  dayPeriod,
  daysOf,
  monthOf,
  monthToDate,
  type UtcDay,
  utcDay,
} from '../../../../src/usage/time';
import { metered, readSample } from '../../store/sampleMonth';

const NOW = Date.parse('2026-11-20T14:20:00Z');

/** A day as it was read after its end, or now. */
function keepDay(
  dayCache: DayCache,
  day: UtcDay,
  values: Readonly<Partial<Record<MeterId, number>>> | null,
): void {
  const { start, end } = dayPeriod(day);
  const columns = toColumns(
    values === null
      ? []
      : [
          {
            ...{ kind: 'usage', subjectId: 'a', start, end, quantities: values },
            ...{ meteringBucketIds: [], meterEvents: [] },
          },
        ],
  );
  dayCache.keep({ part: 'spendDays', day }, { columns, asOf: Math.min(end + DAY, NOW) });
}

test('each day is what its buckets add up to, and the open one is apart', async () => {
  const { source, dayCache, loader } = await readSample(NOW);
  await loader.load(forecastWants(MACHINE_CAPABILITIES, {}, ['awake_seconds', 'storage_mib_seconds'], NOW));
  for (const meter of ['awake_seconds', 'storage_mib_seconds'] as const) {
    const { days, openDay } = knownDays(MACHINE_CAPABILITIES, {}, dayCache, meter, NOW);
    assert.equal(days.size, 31 + 19, 'October, and November before today');
    for (const day of ['2026-10-01', '2026-11-19']) {
      assert.equal(days.get(day), await metered(source, meter, dayPeriod(day)), `${meter} ${day}`);
    }
    assert.equal(days.has(utcDay(NOW)), false);
    assert.ok(openDay !== undefined && openDay > 0);
  }
});

test('the forecast begins with what is metered, and tells what it said on the same day of last month', async () => {
  const { source, usage, dayCache, loader } = await readSample(NOW);
  const meters = forecastMeters(usage, MACHINE_CAPABILITIES);
  assert.deepEqual(meters, [
    'awake_seconds',
    'cpu_millicore_seconds',
    'memory_mib_seconds',
    'storage_mib_seconds',
  ]);
  await loader.load(forecastWants(MACHINE_CAPABILITIES, {}, meters, NOW));
  const end = meterForecast(
    { capabilities: MACHINE_CAPABILITIES, account: {}, usage, dayCache, now: NOW },
    'awake_seconds',
  );
  assert.ok(end);
  const { start } = monthOf(NOW);
  const soFar = await metered(source, 'awake_seconds', { start, end: NOW + DAY });
  assert.ok(end.forecast.metered >= (await metered(source, 'awake_seconds', { start, end: NOW - DAY })));
  assert.ok(end.forecast.metered <= soFar);
  assert.ok(end.forecast.low <= end.forecast.total && end.forecast.total <= end.forecast.high);
  const [past] = end.past;
  assert.ok(past);
  assert.equal(past.day, '2026-10-20');
  assert.equal(past.came, await metered(source, 'awake_seconds', monthOf(start - 1)));
});

test('two days are too few, three are enough', () => {
  const dayCache = new DayCache();
  for (const day of ['2026-11-17', '2026-11-18']) {
    keepDay(dayCache, day, { 'paas.USD': 100 });
  }
  const end = (): unknown =>
    meterForecast(
      {
        capabilities: NORTHFLANK_CAPABILITIES,
        account: {},
        usage: emptyUsage(monthToDate(NOW)),
        dayCache,
        now: NOW,
      },
      'paas.USD',
    );
  assert.equal(end(), undefined);
  keepDay(dayCache, '2026-11-19', { 'paas.USD': 100 });
  assert.ok(end());
});

test('a day whose money is in another unit is unknown, one without any row is nothing', () => {
  const dayCache = new DayCache();
  keepDay(dayCache, '2026-11-15', { 'paas.USD': 100 });
  keepDay(dayCache, '2026-11-16', { 'paas.cents': 100 });
  keepDay(dayCache, '2026-11-17', null);
  assert.deepEqual(
    [...knownDays(NORTHFLANK_CAPABILITIES, {}, dayCache, 'paas.USD', NOW).days],
    [
      ['2026-11-15', 100],
      ['2026-11-17', 0],
    ],
  );
});

test('days before the first row are unknown: the vendor may not keep them', () => {
  const dayCache = new DayCache();
  keepDay(dayCache, '2026-10-01', null);
  keepDay(dayCache, '2026-10-02', { 'paas.USD': 5 });
  assert.deepEqual(
    [...knownDays(NORTHFLANK_CAPABILITIES, {}, dayCache, 'paas.USD', NOW).days.keys()],
    ['2026-10-02'],
  );
});

test('a later refresh, and the next day, give what they would give if nothing were kept', () => {
  const dayCache = new DayCache();
  const end = (cache: DayCache, now: number): unknown =>
    meterForecast(
      {
        ...{ capabilities: NORTHFLANK_CAPABILITIES, account: {}, dayCache: cache, now },
        usage: emptyUsage(monthToDate(now)),
      },
      'paas.USD',
    );
  const days = daysOf({ start: NOW - 40 * DAY, end: NOW }).map(
    (day) => ({ part: 'spendDays', day }) as const,
  );
  days.forEach(({ day }, index) => {
    keepDay(dayCache, day, { 'paas.USD': 100 + (index % 7) });
  });
  const afresh = (now: number): unknown => {
    const other = new DayCache();
    for (const want of days) {
      const block = dayCache.block(want.part, want.day);
      if (block !== undefined) {
        other.keep(want, block);
      }
    }
    return end(other, now);
  };
  const first = end(dayCache, NOW);
  assert.equal(end(dayCache, NOW), first, 'the same object while nothing changes');
  keepDay(dayCache, utcDay(NOW), { 'paas.USD': 300 });
  const refreshed = end(dayCache, NOW);
  assert.notDeepEqual(refreshed, first);
  assert.deepEqual(refreshed, afresh(NOW));
  keepDay(dayCache, utcDay(NOW - 3 * DAY), { 'paas.USD': 900 });
  assert.deepEqual(end(dayCache, NOW), afresh(NOW), 'a day was restated');
  assert.deepEqual(end(dayCache, NOW + DAY), afresh(NOW + DAY));
});
