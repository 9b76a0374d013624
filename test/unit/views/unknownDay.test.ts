import assert from 'node:assert/strict';
import test from 'node:test';
import { monthEstimate } from '../../../src/insights/estimate/monthEstimate';
import { meterForecast } from '../../../src/insights/forecast/meterForecast';
import { MonthComparison } from '../../../src/insights/month/monthComparison';
import { monthFigure } from '../../../src/insights/month/monthFigure';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { MIOSA_CAPABILITIES } from '../../../src/providers/miosa/capabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../src/providers/northflank/capabilities';
import { type AccountUsage, emptyUsage, machinesOf } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { totalsBlock } from '../../../src/store/keptUsage';
import { overviewOf } from '../../../src/store/overview';
import { usedWithin } from '../../../src/store/usedWithin';
import type { BreakdownId } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { toColumns } from '../../../src/usage/columns/columns';
import { arrangeMachines } from '../../../src/usage/columns/machines';
import { createFormats } from '../../../src/usage/format';
import {
  DAY,
  dayPeriod,
  daysOf,
  type EpochMs,
  HOUR,
  monthToDate,
  startOfDay,
  type UtcDay,
  utcDay,
} from '../../../src/usage/time';
import { figures } from '../../../src/views/dashboard/dashboardFigures';
import { statusFigure } from '../../../src/views/statusBar/statusFigure';
import { sumWords } from '../../../src/views/words/knownSumWords';
import { monthSums } from '../../../src/views/words/monthWords';
import { budget, standingsOf } from '../insights/budgets/budgeting';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay, storageHour } from '../usage/builders';

/** Every sum that lacks a day says so, whoever shows it: ten hours a day, and one day that nobody could read. */

const NOW = Date.UTC(2026, 10, 10, 12);
const PERIOD = monthToDate(NOW);
const HOURS = 3600;
const FORMATS = createFormats('en-US');
const LOST = '2026-11-04';

function rowsOf(part: BreakdownId, day: UtcDay): UsageBucket[] {
  if (part === 'computeDays') {
    return [computeDay('m', day, 10 * HOURS)];
  }
  if (part === 'storageDays') {
    return [storageHour('m', day, 0, 1024 * HOURS, { end: startOfDay(day) + DAY })];
  }
  return [
    {
      ...({ kind: 'usage', subjectId: 'cpu', meteringBucketIds: [], meterEvents: [] } as const),
      ...{ ...dayPeriod(day), quantities: { 'paas.USD': 3 * 10 ** 10 } },
    },
  ];
}

interface Told {
  readonly without?: readonly UtcDay[];
  /** Days that were read before they were over, and when. */
  readonly readAt?: Readonly<Record<UtcDay, EpochMs>>;
}

/** Of each part every day of the month so far, but for those that nobody has. */
function historyOf(parts: readonly BreakdownId[], { without = [LOST], readAt = {} }: Told = {}): DayCache {
  const dayCache = new DayCache();
  for (const part of parts) {
    for (const day of daysOf(PERIOD).filter((own) => !without.includes(own))) {
      dayCache.keep({ part, day }, { columns: toColumns(rowsOf(part, day)), asOf: readAt[day] ?? NOW });
    }
  }
  return dayCache;
}

function machines(told?: Told): { usage: AccountUsage; dayCache: DayCache } {
  const dayCache = historyOf(['computeDays', 'storageDays'], told);
  const usage: AccountUsage = {
    ...emptyUsage(PERIOD),
    summary: { value: { billed: { awake_seconds: 5 }, levels: {} }, asOf: NOW },
    compute: overviewOf(dayCache, 'computeDays', PERIOD),
    storage: overviewOf(dayCache, 'storageDays', PERIOD),
  };
  return { usage, dayCache };
}

function spend(told?: Told): { usage: AccountUsage; dayCache: DayCache } {
  const dayCache = historyOf(['spendDays'], told);
  return { dayCache, usage: { ...emptyUsage(PERIOD), spend: overviewOf(dayCache, 'spendDays', PERIOD) } };
}

test('the month to date is no total: what is known of it is apart, with the days that it lacks', () => {
  const { metered, meteredSum, missing, notYetClosed } = monthFigure(machines().usage, 'awake_seconds');
  assert.deepEqual([metered, notYetClosed], [undefined, undefined]);
  assert.deepEqual(meteredSum, { amount: 90 * HOURS, whole: false });
  assert.deepEqual(missing, [LOST]);
  const money = monthFigure(spend().usage, 'paas.USD');
  assert.deepEqual([money.metered, money.meteredSum?.whole, money.missing], [undefined, false, [LOST]]);
});

test('a day that was read before it was over, and not again, is a day that is missing in part', () => {
  const readAt = { [LOST]: startOfDay(LOST) + 10 * HOUR };
  const { metered, meteredSum, missing } = monthFigure(
    machines({ without: [], readAt }).usage,
    'awake_seconds',
  );
  assert.deepEqual(
    [metered, meteredSum, missing],
    [undefined, { amount: 100 * HOURS, whole: false }, [LOST]],
  );
});

test('a month that could not be read on is whole up to the time at which it was read', () => {
  const read = startOfDay('2026-11-09') + 10 * HOUR;
  const { usage } = machines({ without: ['2026-11-10'], readAt: { '2026-11-09': read } });
  const { metered, meteredAsOf, missing } = monthFigure(usage, 'awake_seconds');
  assert.deepEqual([metered, meteredAsOf, missing], [90 * HOURS, read, []]);
});

test('a month whose newest day is not there is true to the end of the day before, and not to the minute', () => {
  const { usage } = machines({ without: ['2026-11-10'] });
  const { metered, meteredAsOf } = monthFigure(usage, 'awake_seconds');
  assert.deepEqual([metered, meteredAsOf], [90 * HOURS, startOfDay('2026-11-10')]);
});

test('the card says that it is at least so much, and which day is missing', () => {
  const { usage, dayCache } = machines();
  const [awake] = figures(ACCOUNT, usage, new MonthComparison(usage, dayCache), FORMATS);
  const metered = awake?.lines.find(({ kind }) => kind === 'metered');
  assert.deepEqual([metered?.value, metered?.exact], ['≥ 90 h', '≥ 324,000 s']);
  assert.match(metered?.provenance ?? '', /Usage is not fully known for one day: Wed Nov 4\./u);
  assert.equal(awake?.lines.find(({ kind }) => kind === 'notYetClosed')?.value, 'unknown');
});

test('money that lacks a day may become less by it', () => {
  const { usage } = spend();
  const [card] = figures({ ...ACCOUNT, provider: 'northflank' }, usage, undefined, FORMATS);
  assert.equal(card?.lines[0]?.value, '$27.00 + ?');
  const { isWhole, missing } = monthSums(usage, NORTHFLANK_CAPABILITIES);
  assert.deepEqual([isWhole('paas.USD'), missing], [false, [LOST]]);
});

test('the status bar shows an incomplete sum', () => {
  const { usage } = spend();
  const account = { ...ACCOUNT, provider: 'northflank' } as const;
  const figure = statusFigure({
    ...{
      accounts: [account],
      usage: () => usage,
      capabilitiesOf: () => NORTHFLANK_CAPABILITIES,
      isSample: () => false,
    },
    ...{ chosen: '', turn: 0, now: NOW },
  });
  assert.deepEqual([figure?.amount, figure?.incomplete], [27 * 10 ** 10, true]);
});

test('a machine without a row is not one that used nothing, and is not hidden as one', () => {
  const { usage } = machines();
  const idle = { id: 'x', vcpu: 1, memoryMib: 1, storageGib: 1, state: 'sleeping', createdAt: 0 };
  const all = machinesOf({ ...usage, machines: { value: [idle], asOf: NOW } });
  const [used, unused] = ['m', 'x'].map((id) => all.find(({ machineId }) => machineId === id));
  assert.deepEqual(unused?.quantities, {});
  assert.deepEqual([used?.quantities.awake_seconds, used?.known.compute], [90 * HOURS, false]);
  assert.equal(arrangeMachines(all, { sort: 'id', text: '', hideZero: true }, {}).length, 2);
});

test('totals of a part of the month are not kept for the next start', () => {
  assert.deepEqual(totalsBlock(machines().usage, NOW), []);
  assert.equal(totalsBlock(machines({ without: [] }).usage, NOW).length, 1);
});

test('an estimate leaves out what is not known in full, and says so', () => {
  const dayCache = historyOf(['computeDays', 'storageDays']);
  const usage: AccountUsage = {
    ...emptyUsage(PERIOD),
    compute: overviewOf(dayCache, 'computeDays', PERIOD),
    storage: overviewOf(historyOf(['storageDays'], { without: [] }), 'storageDays', PERIOD),
  };
  const rates = { currency: 'USD', perVcpuHour: 10n ** 12n, perStorageGibHour: 10n ** 12n };
  const made = monthEstimate(usage, rates, NOW);
  assert.deepEqual(made?.unknown, ['cpu_millicore_seconds']);
  assert.deepEqual(
    made.lines.map(({ meter }) => meter),
    ['storage_mib_seconds'],
  );
});

test('a budget is held against what is known, and says that it is at least that', () => {
  const { usage, dayCache } = machines();
  const standing = (hours: number) =>
    standingsOf([budget(hours)], { usage: () => usage, dayCache: () => dayCache }).of(ACCOUNT)[0];
  const calm = standing(1000);
  assert.deepEqual([calm?.actual, calm?.isWhole, calm?.alert], [90 * HOURS, false, 'none']);
  assert.equal(standing(90)?.alert, 'error', 'what is known alone has used it up');
});

test('a forecast works the missing day out, and stays above what is known', () => {
  const { usage, dayCache } = machines();
  const end = meterForecast(
    { capabilities: MACHINE_CAPABILITIES, account: {}, usage, dayCache, now: NOW },
    'awake_seconds',
  );
  assert.ok(end);
  assert.ok(Math.abs(end.forecast.total - 300 * HOURS) < 1, 'thirty days of ten hours');
  assert.deepEqual([end.forecast.daysToCome, end.forecast.daysForecast], [21, 22]);
  assert.equal(end.forecast.metered, 90 * HOURS);
});

test('a forecast begins with the vendor’s own month to date, where few days are at hand', () => {
  const dayCache = new DayCache();
  for (const day of daysOf({ start: PERIOD.end - 4 * DAY, end: PERIOD.end - DAY })) {
    const row = {
      ...({ kind: 'usage', subjectId: 'u', meteringBucketIds: [], meterEvents: [] } as const),
      ...{ ...dayPeriod(day), quantities: { credit_cents: 100 } },
    };
    dayCache.keep({ part: 'byUser', day }, { columns: toColumns([row]), asOf: NOW });
  }
  const used = { credit_cents: 13_070 };
  const usage = { ...emptyUsage(PERIOD), summary: { value: { billed: {}, levels: {}, used }, asOf: NOW } };
  const end = meterForecast(
    { capabilities: MIOSA_CAPABILITIES, account: {}, usage, dayCache, now: NOW },
    'credit_cents',
  );
  assert.ok(end);
  // 13,070 at noon of the tenth, half a day of 100, and twenty days of 100.
  assert.equal(end.forecast.metered, 13_070);
  assert.ok(Math.abs(end.forecast.total - 15_120) < 1, String(end.forecast.total));
  assert.ok(end.forecast.low >= 13_070);
  assert.equal(end.forecast.daysToCome, 21);
});

test('a comparison needs every day that it compares', () => {
  const { usage, dayCache } = machines();
  assert.equal(
    usedWithin(dayCache, { start: PERIOD.start, end: startOfDay('2026-11-08') }, 'awake_seconds'),
    undefined,
  );
  assert.equal(new MonthComparison(usage, dayCache).of('awake_seconds').metered, undefined);
});

test('a month before whose first days have no row, since they are no longer kept, is not compared with', () => {
  const { usage, dayCache } = machines({ without: [] });
  for (let at = Date.UTC(2026, 9, 1); at < PERIOD.start; at += DAY) {
    const day = utcDay(at);
    const rows = day < '2026-10-07' ? [] : [computeDay('m', day, 10 * HOURS)];
    dayCache.keep({ part: 'computeDays', day }, { columns: toColumns(rows), asOf: NOW });
  }
  for (const day of ['2026-10-10', '2026-11-10']) {
    dayCache.keep({ part: 'computeHours', day }, { columns: toColumns([]), asOf: NOW });
  }
  const compared = (): unknown => new MonthComparison(usage, dayCache).of('awake_seconds').metered;
  assert.equal(compared(), undefined);
  const first = toColumns([computeDay('m', '2026-10-01', 1)]);
  dayCache.keep({ part: 'computeDays', day: '2026-10-01' }, { columns: first, asOf: NOW + 1 });
  assert.notEqual(compared(), undefined, 'rows before say that the days without any were days without usage');
});

test('unknown is not zero, and at least is not exactly', () => {
  assert.equal(sumWords(undefined, 'awake_seconds', FORMATS), 'unknown');
  assert.equal(sumWords({ amount: 0, whole: true }, 'awake_seconds', FORMATS), '0 h');
  assert.equal(sumWords({ amount: 0, whole: false }, 'awake_seconds', FORMATS), '≥ 0 h');
});
