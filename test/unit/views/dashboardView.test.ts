import assert from 'node:assert/strict';
import test from 'node:test';
import type { Chart } from '../../../src/protocol/chart';
import { type Choices, DEFAULT_CHOICES } from '../../../src/protocol/choices';
import type { DashboardView, Figure } from '../../../src/protocol/messages';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { overviewOf } from '../../../src/store/overview';
import { aliasOf } from '../../../src/usage/account';
import type { UsageBucket } from '../../../src/usage/bucket';
import { createFormats } from '../../../src/usage/format';
import { displayText } from '../../../src/usage/text';
import { DAY, dayPeriod, HOUR, monthToDate, startOfDay } from '../../../src/usage/time';
import { newColours } from '../../../src/views/dashboard/charts/colourNumbers';
import { StackStart } from '../../../src/views/dashboard/charts/stackStart';
import {
  type DashboardDeps,
  dashboardView,
  draw,
  toLoad,
  type ViewInput,
} from '../../../src/views/dashboard/dashboardView';
import { ACCOUNT } from '../store/fakeSource';
import { keepBuckets } from '../store/keepBuckets';
import { computeDay, shape, storageHour } from '../usage/builders';
import { DASHBOARD_DEPS } from './dashboardDepsStandIn';

const NOW = Date.UTC(2026, 10, 3, 12, 30);
const formats = createFormats('en');

const words: DashboardDeps = {
  ...DASHBOARD_DEPS,
  charts: {
    ...DASHBOARD_DEPS.charts,
    meter: (meter) => meter,
    subject: (_plan, account, id) => displayText(aliasOf(account, id) ?? id),
    shape: ({ vcpu, storageGib }, withDisk) => `${vcpu} vCPU${withDisk ? ` ${storageGib} GiB` : ''}`,
    previous: ({ start, end }) => formats.days(start, end),
    longBuckets: 'by day',
  },
};

interface Parts {
  readonly compute?: readonly UsageBucket[];
  readonly storage?: readonly UsageBucket[];
  readonly readAt?: number;
  readonly choices?: Partial<Choices>;
  readonly selected?: string;
  readonly dayCache?: DayCache;
  readonly included?: number;
}

function inputOf(parts: Parts): ViewInput {
  const asOf = parts.readAt ?? NOW;
  const period = monthToDate(NOW);
  const dayCache = parts.dayCache ?? new DayCache();
  dayCache.refreshedAt = asOf;
  if (parts.compute !== undefined) {
    keepBuckets(dayCache, 'computeDays', period, parts.compute, asOf);
  }
  if (parts.storage !== undefined) {
    keepBuckets(dayCache, 'storage', period, parts.storage, asOf);
    keepBuckets(dayCache, 'storageDays', period, parts.storage, asOf);
  }
  const usage: AccountUsage = {
    ...emptyUsage(period),
    summary: {
      value: { plan: 'p', billed: {}, levels: { included_storage_gib: parts.included ?? 0 } },
      asOf,
    },
    compute: overviewOf(dayCache, 'computeDays', period),
    storage: overviewOf(dayCache, 'storageDays', period),
  };
  return {
    accounts: [{ id: ACCOUNT.id, label: ACCOUNT.label, provider: 'Dedalus', sample: false }],
    account: { ...ACCOUNT, aliases: { m0: 'web' } },
    capabilities: MACHINE_CAPABILITIES,
    usage,
    dayCache,
    choices: { ...DEFAULT_CHOICES, stackBy: 'machine', ...parts.choices },
    selected: parts.selected,
    refreshing: false,
    loading: undefined,
    now: NOW,
    words,
    colours: newColours(),
    stackStart: new StackStart(),
  };
}

function view(parts: Parts): DashboardView {
  const input = inputOf(parts);
  return dashboardView(input, draw(input));
}

function chartOf(parts: Parts, id: Chart['id'] = 'compute'): Chart {
  const found = view(parts).charts.find((chart) => chart.id === id);
  assert.ok(found);
  return found;
}

function hoursOf(machineId: string, day: string, seconds: readonly number[]): UsageBucket[] {
  const start = startOfDay(day);
  return seconds.map((awake, hour) =>
    computeDay(machineId, day, awake, {
      start: start + hour * HOUR,
      end: start + (hour + 1) * HOUR,
      dataThrough: start + (hour + 1) * HOUR,
    }),
  );
}

test('a chart has the whole month on its axis, and says which days have begun and which is not over', () => {
  const chart = chartOf({ compute: [computeDay('m0', '2026-11-02', 60)], storage: [] });
  assert.equal(chart.starts.length, 30);
  assert.deepEqual([chart.begun, chart.openFrom], [3, 2]);
  assert.deepEqual([...(chart.series[0]?.values ?? [])].slice(0, 4), [0, 60, 0, Number.NaN]);
  assert.equal(chart.series[0]?.label, 'web');
});

test('only sums cross to the page: the largest machines, and the others as one', () => {
  const compute = Array.from({ length: 40 }, (_, index) =>
    computeDay(`m${index}`, '2026-11-01', 1000 - index),
  );
  const chart = chartOf({ compute, storage: [] });
  assert.equal(chart.series.length, DEFAULT_CHOICES.top + 1);
  assert.equal(chart.series.at(-1)?.kind, 'others');
  const drawn = chart.series.reduce((total, { values }) => total + (values[0] ?? 0), 0);
  assert.equal(drawn, 40 * 1000 - (39 * 40) / 2);
});

test('what was not read is said, and not drawn as zero', () => {
  const storage = [storageHour('m0', '2026-11-01', 2, 5)];
  assert.equal(chartOf({ storage }).empty, 'not read');
  assert.deepEqual(chartOf({ storage }).series, []);
  assert.equal(chartOf({ storage }, 'storage').empty, undefined);
  assert.equal(chartOf({ compute: [], storage: [] }).empty, 'no awake_seconds');
});

test('charts without usage each say of what there is none, so that no sentence is on the page twice', () => {
  const sentences = view({ compute: [], storage: [] }).charts.map(({ empty }) => empty);
  assert.deepEqual(sentences, ['no awake_seconds', 'no storage_mib_seconds']);
});

test('values that a double cannot hold cross as text as well', () => {
  const chart = chartOf({ compute: [computeDay('m1', '2026-11-01', 9_007_199_254_740_993n)], storage: [] });
  assert.equal(chart.series[0]?.exact?.[0], '9007199254740993');
});

test('names from a vendor are made safe for one line, and the id that comes back is whole', () => {
  const id = 'evil\u202e\n<b>';
  const chart = chartOf({ compute: [computeDay(id, '2026-11-01', 1)], storage: [] });
  assert.deepEqual([chart.series[0]?.label, chart.series[0]?.key], ['evil\ufffd<b>', id]);
});

test('a day that began after the last good reading is a gap and not zero', () => {
  const readAt = Date.UTC(2026, 10, 2, 23, 50);
  const chart = chartOf({ compute: [computeDay('m1', '2026-11-01', 60)], storage: [], readAt });
  assert.deepEqual([...(chart.series[0]?.values ?? [])].slice(0, 3), [60, 0, Number.NaN]);
  assert.equal(chart.openFrom, 1, 'the day during which it was read was not over');
});

test('hours: the days that were read, a gap for the one that was not, and the hours that still grow', () => {
  const dayCache = new DayCache();
  keepBuckets(dayCache, 'computeHours', dayPeriod('2026-11-01'), hoursOf('m0', '2026-11-01', [5, 6]), NOW);
  keepBuckets(
    dayCache,
    'computeHours',
    dayPeriod('2026-11-03'),
    hoursOf('m0', '2026-11-03', Array<number>(12).fill(9)),
    NOW,
  );
  const parts: Parts = { compute: [], storage: [], dayCache, choices: { granularity: 'hour' } };
  const chart = chartOf(parts);
  const values = chart.series[0]?.values ?? new Float64Array();
  assert.equal(chart.form, 'area');
  assert.deepEqual([...values.slice(0, 3)], [5, 6, 0]);
  assert.ok(values.slice(24, 48).every(Number.isNaN));
  assert.deepEqual([...values.slice(59, 62)], [9, 0, Number.NaN]);
  assert.deepEqual([chart.begun, chart.openFrom], [61, 60], 'measured through 12:00');
  assert.ok(chart.notes.includes('1 missing'));
  const input = inputOf(parts);
  const missing = toLoad(input, draw(input)).filter(({ part }) => part === 'computeHours');
  assert.ok(missing.some(({ day }) => day === '2026-11-02'));
  assert.ok(!missing.some(({ day }) => day === '2026-11-01'));
});

test('the same machine has the same colour in both charts', () => {
  const { charts } = view({
    compute: [computeDay('a', '2026-11-01', 9), computeDay('b', '2026-11-01', 5)],
    storage: [storageHour('b', '2026-11-01', 1, 90), storageHour('c', '2026-11-01', 1, 50)],
  });
  const colours = charts.map(({ series }) =>
    Object.fromEntries(series.map(({ key, colour }) => [key, colour])),
  );
  assert.deepEqual(colours, [
    { a: 0, b: 1 },
    { b: 1, c: 2 },
  ]);
});

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The colours of the first chart by name, as each of the changes is drawn after the other. */
function coloursOver(changes: readonly Partial<Choices>[]): ReadonlyMap<string, number>[] {
  const dayCache = new DayCache();
  const october = { start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) };
  const ofOctober = EIGHT.map((id, rank) => computeDay(id, '2026-10-20', 100 + rank));
  keepBuckets(dayCache, 'computeDays', october, ofOctober, NOW);
  const compute = EIGHT.flatMap((id, rank) => [
    computeDay(id, '2026-11-01', 100 - rank, { shape: shape(`s${rank % 3}`, 2 + (rank % 3)) }),
    computeDay(id, '2026-11-02', rank, { shape: shape(`s${rank % 3}`, 2 + (rank % 3)) }),
  ]);
  const input = inputOf({ compute, storage: [], dayCache });
  return changes.map((change) => {
    const { charts } = draw({ ...input, choices: { ...input.choices, ...change } });
    const named = charts[0]?.series.filter(({ kind }) => kind !== 'others') ?? [];
    return new Map(named.map(({ label, colour }) => [label, colour]));
  });
}

test('a machine keeps its colour over zoom, period, meter, stacking and number, and so does a shape', () => {
  const second = { start: startOfDay('2026-11-02'), end: startOfDay('2026-11-03') };
  const drawn = coloursOver([
    { top: 3 },
    { top: 3, zoom: second },
    { top: 3, range: { kind: 'lastMonth' } },
    { top: 3, computeMeter: 'memory_mib_seconds' },
    { stackBy: 'shape' },
    { top: 7, zoom: second },
    { stackBy: 'shape', zoom: second },
    { top: 7 },
  ]);
  assert.deepEqual(
    [...(drawn[0] ?? [])],
    [...['a', 'b', 'c'].entries()].map(([rank, id]) => [id, rank]),
  );
  assert.deepEqual([...(drawn[1]?.keys() ?? [])], ['h', 'g', 'f'], 'others are the largest of that day');
  const known = new Map<string, number>();
  for (const [label, colour] of drawn.flatMap((own) => [...own])) {
    assert.equal(known.get(label) ?? colour, colour, label);
    known.set(label, colour);
  }
  for (const own of drawn) {
    assert.equal(new Set(own.values()).size, own.size, 'no two have the same');
  }
  assert.deepEqual([...(drawn[4]?.values() ?? [])].sort(), [0, 1, 2], 'shapes begin with the first colours');
});

test('whatever is shown one after the other, no two at once share one of twelve colours, nor are more remembered', () => {
  const colours = newColours().machine;
  for (let first = 0; first < 100; first += 5) {
    const shown = Array.from({ length: 10 }, (_, place) => `m${first + place}`);
    const numbers = colours.of(shown);
    const own = shown.map((key) => numbers.get(key) ?? Number.NaN);
    assert.equal(new Set(own).size, 10);
    assert.ok(own.every((number) => number < 12));
    assert.equal(numbers.size, Math.min(first + 10, 12));
  }
});

test('the previous period lies under the same days, and ends where that month ends', () => {
  const dayCache = new DayCache();
  const october = { start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 9, 31) };
  keepBuckets(dayCache, 'computeDays', october, [computeDay('m0', '2026-10-02', 77)], NOW);
  const chart = chartOf({ compute: [], storage: [], dayCache, choices: { previous: true } });
  assert.match(chart.previous?.label ?? '', /^Oct 1.*30, 2026$/);
  assert.deepEqual(
    [...(chart.previous?.values ?? [])].slice(0, 3),
    [Number.NaN, 77, 0],
    'the first is past what vendors keep',
  );
  const march = {
    ...inputOf({ compute: [], storage: [], choices: { previous: true } }),
    now: Date.UTC(2026, 2, 31, 5),
  };
  assert.ok(Number.isNaN(draw(march).charts[0]?.previous?.values[30]), 'February has no day 31');
});

test('what the plan includes is a line in the unit of the chart', () => {
  const parts: Parts = { compute: [], storage: [storageHour('m', '2026-11-01', 1, 5)], included: 20 };
  assert.equal(chartOf(parts, 'storage').allowance?.value, 20 * 1024 * 3600 * 24);
  const level: Parts = { ...parts, choices: { storageMeter: 'logical_storage_bytes' } };
  assert.equal(chartOf(level, 'storage').allowance?.value, 20 * 1024 ** 3);
  assert.equal(chartOf({ ...parts, included: 0 }, 'storage').allowance, undefined);
});

test('storage in buckets of a day is shown by day, and says so', () => {
  const start = startOfDay('2026-11-02');
  const storage = [storageHour('m', '2026-11-02', 0, 5, { start, end: start + DAY })];
  const chart = chartOf({ compute: [], storage, choices: { granularity: 'hour' } }, 'storage');
  assert.equal(chart.granularity, 'day');
  assert.ok(chart.notes.includes('by day'));
});

test('shapes that differ in their disk alone are told apart', () => {
  const compute = [
    computeDay('a', '2026-11-01', 9, { shape: { ...shape('x'), storageGib: 10 } }),
    computeDay('b', '2026-11-01', 5, { shape: { ...shape('y'), storageGib: 40 } }),
    computeDay('c', '2026-11-01', 1, { shape: shape('z', 8) }),
  ];
  const chart = chartOf({ compute, storage: [], choices: { stackBy: 'shape' } });
  assert.deepEqual(
    chart.series.map(({ label, kind }) => `${kind} ${label}`),
    ['shape 2 vCPU 10 GiB', 'shape 2 vCPU 40 GiB', 'shape 8 vCPU'],
  );
});

test('long ago without a row is unknown, and later without a row is zero', () => {
  const dayCache = new DayCache();
  const august = { start: Date.UTC(2026, 7, 1), end: Date.UTC(2026, 10, 1) };
  keepBuckets(dayCache, 'computeDays', august, [computeDay('m', '2026-09-20', 60)], NOW);
  const range = { kind: 'dates', first: '2026-09-18', last: '2026-09-22' } as const;
  const chart = chartOf({ compute: [], storage: [], dayCache, choices: { range } });
  assert.deepEqual([...(chart.series[0]?.values ?? [])], [Number.NaN, Number.NaN, 60, 0, 0]);
  assert.ok(chart.notes.includes('nothing before 2026-09-20'));
});

test('a failed day has one notice, and is not asked for again by itself', () => {
  const dayCache = new DayCache();
  const input = inputOf({ compute: [], storage: [], dayCache, choices: { granularity: 'hour' } });
  dayCache.fail({ part: 'computeHours', day: '2026-11-02' }, { kind: 'cut' });
  const drawn = draw(input);
  assert.deepEqual(
    dashboardView(input, drawn).notices.map(({ text }) => text),
    ['1 cut'],
  );
  assert.ok(!toLoad(input, drawn).some(({ part, day }) => part === 'computeHours' && day === '2026-11-02'));
});

test('duty is of the selected machine, asleep is not unknown, and a day not read is unknown', () => {
  const dayCache = new DayCache();
  const rows = [...hoursOf('a', '2026-11-01', [3600]), ...hoursOf('b', '2026-11-01', [1800, 60])];
  keepBuckets(dayCache, 'computeHours', dayPeriod('2026-11-01'), rows, NOW);
  const parts: Parts = { compute: [], storage: [], dayCache, choices: { duty: true } };
  const all = view(parts).duty;
  const own = view({ ...parts, selected: 'b' }).duty;
  assert.deepEqual([all?.of, own?.of], ['All', 'b']);
  assert.deepEqual([...(all?.awake ?? [])].slice(0, 3), [5400, 60, 0]);
  assert.deepEqual([...(own?.awake ?? [])].slice(0, 3), [1800, 60, 0]);
  assert.equal(own?.capacity[0], 2 * 1000 * 1800);
  assert.ok(all?.awake.slice(24, 48).every(Number.isNaN));
});

test('a period that is too long for hours has no duty map, and reads none', () => {
  const range = { kind: 'dates', first: '2026-01-01', last: '2026-11-03' } as const;
  const parts: Parts = { compute: [], storage: [], choices: { duty: true, granularity: 'hour', range } };
  const input = inputOf(parts);
  const drawn = draw(input);
  assert.equal(drawn.duty?.empty, 'too long');
  assert.equal(drawn.charts[0]?.granularity, 'day');
  assert.ok(!drawn.wants.some(({ part }) => part === 'computeHours'));
});

test('the month before that cannot be read is no trouble of the charts', () => {
  const dayCache = new DayCache();
  const input = inputOf({ compute: [], storage: [], dayCache });
  const { comparedWants } = draw({
    ...input,
    words: {
      ...words,
      figures: (_usage, _plan, comparison) => {
        comparison?.of('awake_seconds');
        return [];
      },
    },
  });
  const october = comparedWants.filter(({ day }) => day < '2026-11-01');
  assert.ok(october.length > 0);
  october.forEach((want) => {
    dayCache.fail(want, { kind: 'cut' });
  });
  const { notices } = dashboardView(input, draw(input));
  assert.deepEqual(
    notices.filter(({ severity }) => severity === 'error'),
    [],
  );
});

test('an estimate is the last of the figures, and there is none without rates', () => {
  const estimated: Figure = { label: 'Estimate', lines: [] };
  const drawnWith = (estimate: Figure | undefined): readonly Figure[] => {
    const input = inputOf({ compute: [computeDay('m0', '2026-11-01', 1)] });
    const own = { ...words, figures: () => [{ label: 'Awake', lines: [] }], estimate: () => estimate };
    return draw({ ...input, words: own }).figures;
  };
  assert.deepEqual(
    drawnWith(estimated).map(({ label }) => label),
    ['Awake', 'Estimate'],
  );
  assert.deepEqual(
    drawnWith(undefined).map(({ label }) => label),
    ['Awake'],
  );
});
