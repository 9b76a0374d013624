import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Chart } from '../../../src/protocol/chart';
import { type Choices, DEFAULT_CHOICES } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import type { ProviderCapabilities } from '../../../src/providers/capabilities';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { MIOSA_CAPABILITIES } from '../../../src/providers/miosa/capabilities';
import { NORTHFLANK_CAPABILITIES } from '../../../src/providers/northflank/capabilities';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { overviewOf } from '../../../src/store/overview';
import type { Grouping } from '../../../src/usage/account';
import { add, type Amount, sum } from '../../../src/usage/amount';
import { askedPart, type BreakdownId, kindOf } from '../../../src/usage/breakdownId';
import type { Quantities, UsageBucket, UsageSummary } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { dayTotals } from '../../../src/usage/columns/dayTotals';
import type { MeterId } from '../../../src/usage/meter';
import { DAY, daysOf, HOUR, monthToDate, startOfDay, type UtcDay } from '../../../src/usage/time';
import { chartMeters, partOf } from '../../../src/views/dashboard/charts/chartSource';
import { newColours } from '../../../src/views/dashboard/charts/colourNumbers';
import { StackStart } from '../../../src/views/dashboard/charts/stackStart';
import { dashboardView, draw, toLoad, type ViewInput } from '../../../src/views/dashboard/dashboardView';
import { ACCOUNT } from '../store/fakeSource';
import { shape } from '../usage/builders';
import { DASHBOARD_DEPS } from './dashboardDepsStandIn';

const NOW = Date.UTC(2026, 10, 3, 12, 30);
const PERIOD = monthToDate(NOW);

interface Parts {
  readonly capabilities: ProviderCapabilities;
  readonly rows?: Partial<Record<BreakdownId, readonly UsageBucket[]>>;
  /** The days that were read; all that have begun, where not told. */
  readonly days?: readonly UtcDay[];
  readonly grouping?: Grouping;
  readonly choices?: Partial<Choices>;
  readonly summary?: Partial<UsageSummary>;
}

/** Of every part with rows each day is at hand, read now. */
function inputOf({
  capabilities,
  rows = {},
  days = daysOf(PERIOD),
  grouping,
  choices,
  summary,
}: Parts): ViewInput {
  const dayCache = new DayCache();
  dayCache.refreshedAt = NOW;
  for (const [part, buckets] of Object.entries(rows) as [BreakdownId, readonly UsageBucket[]][]) {
    for (const [day, columns] of columnsByDay(buckets, days)) {
      dayCache.keep({ part, day }, { columns, asOf: NOW });
      const summed = capabilities.parts[askedPart(part)]?.days;
      if (summed !== undefined) {
        dayCache.keep({ part: summed, day }, { columns: dayTotals(columns), asOf: NOW });
      }
    }
  }
  const usage: AccountUsage = {
    ...emptyUsage(PERIOD),
    summary: { value: { billed: {}, levels: {}, ...summary }, asOf: NOW },
    spend: overviewOf(dayCache, 'spendDays', PERIOD),
  };
  return {
    accounts: [{ id: ACCOUNT.id, label: ACCOUNT.label, provider: 'Vendor', sample: false }],
    account: { ...ACCOUNT, ...(grouping === undefined ? {} : { grouping }) },
    ...{ capabilities, usage, dayCache, words: DASHBOARD_DEPS, now: NOW },
    choices: { ...DEFAULT_CHOICES, ...choices },
    selected: undefined,
    refreshing: false,
    loading: undefined,
    colours: newColours(),
    stackStart: new StackStart(),
  };
}

function view(parts: Parts): DashboardView {
  const input = inputOf(parts);
  return dashboardView(input, draw(input));
}

function row(id: string, start: number, length: number, quantities: Quantities): UsageBucket {
  return {
    ...{ kind: 'usage', subjectId: id, start, end: start + length, quantities },
    ...{ meteringBucketIds: [], meterEvents: [] },
  };
}

const groupDay = (id: string, day: UtcDay, quantities: Quantities): UsageBucket =>
  row(id, startOfDay(day), DAY, quantities);
const categoryHour = (id: string, day: UtcDay, hour: number, quantities: Quantities): UsageBucket =>
  row(id, startOfDay(day) + hour * HOUR, HOUR, quantities);

const GROUPS: Parts = {
  capabilities: MIOSA_CAPABILITIES,
  rows: {
    byUser: [
      groupDay('ann', '2026-11-01', { credit_cents: 700, storage_gb_hours: 40 }),
      groupDay('bob', '2026-11-02', { credit_cents: 900, sandbox_seconds: 5 }),
      groupDay('ann', '2026-11-03', { credit_cents: 1 }),
    ],
    byProject: [groupDay('site', '2026-11-01', { credit_cents: 1601 })],
  },
};

const SPEND: Parts = {
  capabilities: NORTHFLANK_CAPABILITIES,
  rows: {
    spend: [
      categoryHour('cpu', '2026-11-01', 3, { 'paas.cents': 30 }),
      categoryHour('cpu', '2026-11-01', 5, { 'paas.cents': 12 }),
      categoryHour('memory', '2026-11-02', 0, { 'paas.cents': 5 }),
    ],
  },
};

function first(parts: Parts): Chart {
  const [chart] = view(parts).charts;
  assert.ok(chart);
  return chart;
}

/** The label and the values of each series in the slots that have begun. */
function seriesOf({ series, begun }: Chart): [string, number[]][] {
  return series.map(({ label, values }) => [label, [...values.slice(0, begun)]]);
}

test('groups are stacked by day, and named as their plan says', () => {
  const { charts, ...rest } = view(GROUPS);
  assert.deepEqual(
    charts.map(({ id, meter, granularity }) => [id, meter, granularity]),
    [
      ['compute', 'credit_cents', 'day'],
      ['storage', 'storage_gb_hours', 'day'],
    ],
  );
  assert.deepEqual(charts.map(seriesOf), [
    [
      ['group bob', [0, 900, 0]],
      ['group ann', [700, 0, 1]],
    ],
    [['group ann', [40, 0, 0]]],
  ]);
  assert.deepEqual([rest.subject, rest.stackings], ['group', ['machine']]);
  assert.deepEqual(
    [rest.hasHours, rest.hasDuty, rest.hasBilled, rest.hoursAllowed],
    [false, false, false, false],
  );
});

test('the days of another grouping are others, and these are asked for', () => {
  const byProject = { ...GROUPS, grouping: 'external_project_id' } as const;
  assert.deepEqual(seriesOf(first(byProject)), [['group site', [1601, 0, 0]]]);
  const input = inputOf({ ...GROUPS, grouping: 'workspace_id' });
  assert.deepEqual(toLoad(input, draw(input)), [
    { part: 'byWorkspace', day: '2026-11-01' },
    { part: 'byWorkspace', day: '2026-11-02' },
    { part: 'byWorkspace', day: '2026-11-03' },
  ]);
});

test('what was chosen for an account with hours, shapes and duty is no trouble for one without', () => {
  const chosen = { granularity: 'hour', stackBy: 'shape', duty: true } as const;
  const shown = view({ ...GROUPS, choices: chosen });
  assert.deepEqual(shown.charts.map(seriesOf), view(GROUPS).charts.map(seriesOf));
  assert.equal(shown.duty, undefined);
  assert.deepEqual({ ...shown.choices, ...chosen }, shown.choices, 'it is kept for the other account');
});

test('a meter that an account does not have gives way to its first, and one that it has is shown', () => {
  const chart = first({ ...GROUPS, choices: { computeMeter: 'paas.cents' } });
  assert.equal(chart.meter, 'credit_cents');
  assert.deepEqual(chart.meters, [
    { id: 'credit_cents', label: 'the credit_cents' },
    { id: 'sandbox_seconds', label: 'the sandbox_seconds' },
    { id: 'computer_seconds', label: 'the computer_seconds' },
  ]);
  assert.equal(first({ ...GROUPS, choices: { computeMeter: 'sandbox_seconds' } }).meter, 'sandbox_seconds');
  assert.equal(first({ ...SPEND, choices: { computeMeter: 'byoc.cents' } }).meter, 'paas.cents');
});

test('storage of machines offers what lies there before what it comes to over time, and shows the latter', () => {
  const chart = view({ capabilities: MACHINE_CAPABILITIES }).charts[1];
  assert.deepEqual(
    chart?.meters.map(({ id }) => id),
    ['logical_storage_bytes', 'storage_mib_seconds'],
  );
  assert.equal(chart.meter, 'storage_mib_seconds');
});

test('a series that is made of days says so, and that it adds up to the vendor’s own month', () => {
  const used = { credit_cents: 1601, storage_gb_hours: 41 };
  const { charts } = view({ ...GROUPS, summary: { used } });
  assert.deepEqual(
    charts.map(({ source, notes }) => [source, ...notes]),
    [
      ['metered group', 'made of days', 'credit_cents: 1601 against 1601'],
      ['metered group', 'made of days', 'storage_gb_hours: 40 against 41'],
    ],
  );
});

test('the vendor’s own month is told only beside the whole month, each of its days, and a sum that it gave', () => {
  const summary = { used: { credit_cents: 1601 } };
  const others: Parts[] = [
    { ...GROUPS, summary: {} },
    { ...GROUPS, summary, days: ['2026-11-01', '2026-11-02'] },
    { ...GROUPS, summary, choices: { range: { kind: 'last7Days' } } },
    { ...GROUPS, summary, choices: { zoom: { start: PERIOD.start, end: PERIOD.start + DAY } } },
  ];
  for (const parts of others) {
    assert.ok(!first(parts).notes.some((note) => note.includes('against')), JSON.stringify(parts.choices));
  }
});

test('spend is stacked by category, by hour and by day', () => {
  assert.deepEqual(seriesOf(first(SPEND)), [
    ['category cpu', [42, 0, 0]],
    ['category memory', [0, 5, 0]],
  ]);
  const chart = first({ ...SPEND, choices: { granularity: 'hour' } });
  const [cpu, memory] = chart.series;
  assert.equal(chart.granularity, 'hour');
  assert.deepEqual([cpu?.values[3], cpu?.values[4], cpu?.values[5], memory?.values[24]], [30, 0, 12, 5]);
  assert.deepEqual([chart.source, ...chart.notes], ['metered category', 'money paas.cents']);
});

test('an optional chart is there only when there is anything of it', () => {
  assert.deepEqual(
    view(SPEND).charts.map(({ id }) => id),
    ['compute'],
  );
  const own = categoryHour('cluster', '2026-11-02', 1, { 'byoc.cents': 8 });
  const both = view({ ...SPEND, rows: { spend: [...(SPEND.rows?.spend ?? []), own] } });
  assert.deepEqual(
    both.charts.map(({ id, meter }) => [id, meter]),
    [
      ['compute', 'paas.cents'],
      ['storage', 'byoc.cents'],
    ],
  );
  const none = view({ capabilities: NORTHFLANK_CAPABILITIES });
  assert.deepEqual(
    none.charts.map(({ id, empty }) => [id, empty]),
    [['compute', 'not read']],
  );
});

test('of money in two units the newer one is drawn, the other is said, and neither is ever the other’s zero', () => {
  const rows = [
    categoryHour('cpu', '2026-11-01', 3, { 'paas.cents': 30 }),
    categoryHour('cpu', '2026-11-02', 3, { 'paas.USD': 7 }),
  ];
  const chart = first({ capabilities: NORTHFLANK_CAPABILITIES, rows: { spend: rows } });
  assert.deepEqual([chart.meter, chart.meters.map(({ id }) => id)], ['paas.USD', ['paas.USD', 'paas.cents']]);
  assert.deepEqual(seriesOf(chart), [['category cpu', [Number.NaN, 7, 0]]]);
  assert.ok(chart.notes.includes('elsewhere paas.cents'));
  const cents = first({
    capabilities: NORTHFLANK_CAPABILITIES,
    rows: { spend: rows },
    choices: { computeMeter: 'paas.cents' },
  });
  assert.deepEqual(seriesOf(cents), [['category cpu', [30, Number.NaN, 0]]]);
  assert.ok(cents.notes.includes('elsewhere paas.USD'));
});

test('a day with money in two units is not known in either, and each of its hours is in its own', () => {
  const rows = [
    categoryHour('cpu', '2026-11-01', 3, { 'paas.cents': 30 }),
    categoryHour('cpu', '2026-11-02', 3, { 'paas.cents': 5 }),
    categoryHour('cpu', '2026-11-02', 9, { 'paas.USD': 7 }),
  ];
  const cents = { computeMeter: 'paas.cents' } as const;
  const days = first({ capabilities: NORTHFLANK_CAPABILITIES, rows: { spend: rows }, choices: cents });
  assert.deepEqual(seriesOf(days), [['category cpu', [30, Number.NaN, 0]]]);
  const hours = first({
    capabilities: NORTHFLANK_CAPABILITIES,
    rows: { spend: rows },
    choices: { ...cents, granularity: 'hour' },
  });
  const values = hours.series[0]?.values;
  assert.deepEqual([values?.[27], values?.[33], values?.[34]], [5, Number.NaN, 0]);
});

test('a day that was read before it was over is a gap, and counts as one that is missing', () => {
  const input = inputOf(GROUPS);
  const day = '2026-11-02';
  const half = new DayCache();
  for (const own of daysOf(PERIOD)) {
    const block = input.dayCache?.block('byUser', own);
    assert.ok(block);
    const asOf = own === day ? startOfDay(day) + 10 * HOUR : NOW;
    half.keep({ part: 'byUser', day: own }, { columns: block.columns, asOf });
  }
  const [chart] = dashboardView({ ...input, dayCache: half }, draw({ ...input, dayCache: half })).charts;
  assert.ok(chart);
  assert.ok(chart.series.every(({ values }) => Number.isNaN(values[1])));
  assert.ok(chart.notes.includes('1 missing'));
});

test('that there was no usage is said of a part of the period, where no more was read', () => {
  const none = { capabilities: MIOSA_CAPABILITIES, rows: { byUser: [] } };
  assert.equal(first(none).empty, 'no credit_cents');
  assert.equal(first({ ...none, days: ['2026-11-02'] }).empty, 'no credit_cents read');
  assert.equal(first({ ...none, days: [] }).empty, 'not read');
});

test('what is compared with is read from the same part', () => {
  const input = inputOf({ ...SPEND, choices: { previous: true, granularity: 'hour' } });
  const parts = new Set(toLoad(input, draw(input)).map(({ part }) => part));
  assert.deepEqual([...parts], ['spend']);
});

const METERS: Readonly<Record<ProviderCapabilities['subject'], readonly MeterId[]>> = {
  machine: ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds', 'storage_mib_seconds'],
  group: ['credit_cents', 'sandbox_seconds', 'computer_seconds', 'storage_gb_hours'],
  category: ['paas.cents', 'byoc.cents'],
};

/** Rows of a day each, or of an hour each, with some of the meters of a vendor. */
function rowsOf({ subject }: ProviderCapabilities): fc.Arbitrary<UsageBucket[]> {
  const amounts = fc.oneof(fc.nat(10 ** 9), fc.bigInt({ min: 2n ** 53n, max: 2n ** 60n }));
  const quantities = fc.dictionary(fc.constantFrom(...METERS[subject]), amounts, { maxKeys: 4 });
  const buckets = fc
    .record({ id: fc.nat(14).map((place) => `s${place}`), hour: fc.nat(59), quantities })
    .map(({ id, hour, quantities }) => row(id, PERIOD.start + hour * HOUR, HOUR, quantities));
  return fc.array(buckets, { maxLength: 60 });
}

/** All that the chart shows, exactly. */
function drawnIn({ series, begun }: Chart): Amount {
  const cells = series.flatMap(({ values, exact }) =>
    [...values.slice(0, begun)].map((value, slot) =>
      exact === undefined ? value : add(BigInt(exact[slot] ?? '0'), 0),
    ),
  );
  return sum(cells);
}

for (const capabilities of [MACHINE_CAPABILITIES, MIOSA_CAPABILITIES, NORTHFLANK_CAPABILITIES]) {
  test(`whatever the rows of a ${capabilities.subject} plan, the series of a chart add up to them, by hour and by day`, () => {
    const choices = fc.record({
      granularity: fc.constantFrom('hour' as const, 'day' as const),
      top: fc.constantFrom(3, 7),
      stackBy: fc.constantFrom('machine' as const, 'shape' as const),
      computeMeter: fc.constantFrom(...METERS[capabilities.subject]),
    });
    fc.assert(
      fc.property(rowsOf(capabilities), choices, (rows, chosen) => {
        const parts = new Set(
          capabilities.charts.map((own) => partOf(own, chosen.granularity, capabilities, ACCOUNT)),
        );
        const given = [...parts].map((part) => {
          const kind = kindOf(part);
          const own = rows.map((each) => ({
            ...each,
            kind,
            ...(kind === 'compute' ? { shape: shape('s') } : {}),
          }));
          return [askedPart(part), own] as const;
        });
        const { charts } = view({ capabilities, rows: Object.fromEntries(given), choices: chosen });
        for (const chart of charts) {
          const used = sum(rows.map(({ quantities }) => quantities[chart.meter] ?? 0));
          assert.equal(String(drawnIn(chart)), String(used), `${chart.id} ${chart.meter}`);
        }
      }),
    );
  });
}

test('where the vendor gives money in place of credits, the chart draws that, and none of what it lacks', () => {
  const days = daysOf(PERIOD);
  const rows = days.map((day): UsageBucket => ({
    kind: 'usage',
    subjectId: 'clinic',
    ...{ start: startOfDay(day), end: startOfDay(day) + DAY, meteringBucketIds: [], meterEvents: [] },
    quantities: { 'spend.USD': 7, 'line.static_bandwidth_gb': 3 },
  }));
  const [compute, storage] = MIOSA_CAPABILITIES.charts;
  assert.ok(compute && storage?.optional);
  const columns = [...columnsByDay(rows, days).values()];
  const { shown, offered } = chartMeters(compute, 'credit_cents', columns, undefined);
  assert.deepEqual([shown, offered], ['spend.USD', ['spend.USD']]);
  assert.deepEqual(chartMeters(compute, 'credit_cents', [], undefined).shown, 'credit_cents');
});
