import assert from 'node:assert/strict';
import test from 'node:test';
import { budgetMeters, type MonthOfMeter } from '../../../../src/insights/budgets/budgetStandings';
import { MACHINE_CAPABILITIES } from '../../../../src/providers/machineCapabilities';
import { MIOSA_CAPABILITIES } from '../../../../src/providers/miosa/capabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../../src/providers/northflank/capabilities';
import { emptyUsage } from '../../../../src/store/accountUsage';
import type { MeterId } from '../../../../src/usage/meter';
import { DAY, monthToDate } from '../../../../src/usage/time';
import { ACCOUNT } from '../../store/fakeSource';
import { budget, HOUR_SECONDS, NOW, standingsOf, steadyHistory, usageOf } from './budgeting';

test('a budget is held against what was metered, and the forecast of the month', () => {
  const usage = usageOf(82);
  const dayCache = steadyHistory(9);
  const own = budget(100, { on: ['actual', 'forecast'] });
  const standings = standingsOf([own, budget(1, { account: 'another' })], {
    usage: () => usage,
    dayCache: () => dayCache,
  });
  const [found, ...others] = standings.of(ACCOUNT);
  assert.deepEqual(others, []);
  assert.ok(found?.forecast);
  assert.deepEqual(
    [found.actual, found.asOf, found.origin, found.isCurrent],
    [82 * HOUR_SECONDS, NOW, 'metered', true],
  );
  // 82 so far at noon, half a day more, and twenty days of nine.
  assert.ok(Math.abs(found.forecast.total - (82 + 4.5 + 180) * HOUR_SECONDS) < 1);
  assert.equal(found.standing.percents.actual, 82);
  assert.deepEqual(found.standing.passed, { actual: [50, 80], forecast: [50, 80, 100] });
  assert.equal(found.alert, 'warning');
});

test('what is billed plays no part: nothing is metered yet, so nothing is known', () => {
  const summary = { value: { plan: 'pro', billed: { awake_seconds: 1e9 }, levels: {} }, asOf: NOW };
  const [found] = standingsOf([budget(1)], {
    usage: () => ({ ...emptyUsage(monthToDate(NOW)), summary }),
  }).of(ACCOUNT);
  assert.equal(found?.actual, undefined);
  assert.equal(found?.alert, 'none');
});

test('figures of another month pass nothing, and those that failed are not current', () => {
  const before = usageOf(500, {}, NOW - 30 * DAY);
  const [old] = standingsOf([budget(1)], { usage: () => before }).of(ACCOUNT);
  assert.deepEqual([old?.actual, old?.alert, old?.isCurrent], [undefined, 'none', false]);
  const good = usageOf(500);
  const failed = { ...good, compute: { ...good.compute, failure: { kind: 'cut' as const } } };
  const [stale] = standingsOf([budget(1)], { usage: () => failed }).of(ACCOUNT);
  assert.deepEqual([stale?.alert, stale?.isCurrent], ['error', false]);
  const [unread] = standingsOf([budget(1)], {}).of(ACCOUNT);
  assert.deepEqual([unread?.actual, unread?.isCurrent], [undefined, false]);
});

test('what was worked out is worked out again when days come in, and on another day', () => {
  const usage = usageOf(1);
  const dayCache = steadyHistory(2);
  const clock = { now: NOW };
  const standings = standingsOf([budget(1)], {
    ...{ usage: () => usage, dayCache: () => dayCache },
    now: () => clock.now,
  });
  const forecast = (): unknown => standings.of(ACCOUNT)[0]?.forecast;
  const first = forecast();
  assert.equal(forecast(), first);
  const more = steadyHistory(4).block('computeDays', '2026-11-09');
  assert.ok(more);
  dayCache.keep({ part: 'computeDays', day: '2026-11-09' }, more);
  const second = forecast();
  assert.notDeepEqual(second, first);
  clock.now += DAY;
  assert.notEqual(forecast(), second);
});

test('money by a person’s own rates comes from them, and is called an estimate', () => {
  const meter = 'estimate.USD' as MeterId;
  const own = budget(20, { meter });
  const month: MonthOfMeter = { actual: 16n * 10n ** 10n, isWhole: true, asOf: NOW, forecast: undefined };
  const usage = usageOf(1);
  const [known] = standingsOf([own], { usage: () => usage, moneyOf: () => ({ [meter]: month }) }).of(ACCOUNT);
  assert.deepEqual([known?.origin, known?.standing.percents.actual], ['estimated', 80]);
  const [unknown] = standingsOf([own], { usage: () => usage }).of(ACCOUNT);
  assert.equal(unknown?.actual, undefined);
});

test('the days of forecasts are wanted for budgets on forecasts, or for all', () => {
  const standings = standingsOf([budget(1)], {});
  assert.deepEqual(standings.wants(ACCOUNT, false), []);
  const wants = standings.wants(ACCOUNT, true);
  assert.deepEqual([wants[0]?.day, wants.at(-1)?.day], ['2026-10-01', '2026-11-10']);
  assert.deepEqual(new Set(wants.map(({ part }) => part)), new Set(['computeDays']));
  const onForecast = standingsOf([budget(1, { on: ['forecast'] })], {});
  assert.deepEqual(onForecast.wants(ACCOUNT, false), wants);
  const onMoney = standingsOf([budget(1, { meter: 'estimate.USD', on: ['forecast'] })], {});
  assert.deepEqual(
    new Set(onMoney.wants(ACCOUNT, false).map(({ part }) => part)),
    new Set(['computeDays', 'storageDays']),
    'what rates are for',
  );
});

test('a budget can be on what the plan has and adds up, and on a person’s own rates', () => {
  assert.deepEqual(budgetMeters(MACHINE_CAPABILITIES, undefined, ['estimate.USD']).sort(), [
    ...[
      'awake_seconds',
      'cpu_millicore_seconds',
      'estimate.USD',
      'memory_mib_seconds',
      'storage_mib_seconds',
    ],
  ]);
  assert.deepEqual(budgetMeters(MIOSA_CAPABILITIES, undefined, []), [
    ...['sandbox_seconds', 'computer_seconds', 'storage_gb_hours', 'credit_cents'],
  ]);
  assert.deepEqual(budgetMeters(NORTHFLANK_CAPABILITIES, undefined, []), []);
  const spent = { value: { billed: {}, levels: {}, used: { 'paas.USD': 3 } }, asOf: NOW };
  const usage = { ...emptyUsage(monthToDate(NOW)), summary: spent };
  assert.deepEqual(budgetMeters(NORTHFLANK_CAPABILITIES, usage, []), ['paas.USD']);
});

test('what the account lacks is said, and its use is unknown and not zero', () => {
  const stands = (meter: MeterId, usage = usageOf(10)) =>
    standingsOf([budget(1, { meter })], { usage: () => usage }).of(ACCOUNT)[0];
  const [credits, money] = [stands('credit_cents'), stands('estimate.USD')];
  assert.deepEqual([credits?.actual, credits?.lacks], [undefined, 'meter']);
  assert.deepEqual([money?.actual, money?.lacks], [undefined, 'rates']);
  assert.equal(stands('awake_seconds')?.lacks, undefined);
  const unread = stands('credit_cents', emptyUsage(monthToDate(NOW)));
  assert.equal(unread?.lacks, undefined, 'before anything was read nobody knows');
});
