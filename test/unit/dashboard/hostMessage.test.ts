import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_CHOICES } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import { DAY } from '../../../src/usage/time';
import { readHostMessage } from '../../../webview/dashboard/hostMessage';
import { NOVEMBER } from './charts';

const starts = Float64Array.of(NOVEMBER, NOVEMBER + DAY);

const VIEW: DashboardView = {
  accounts: [{ id: 'a', label: 'Work', provider: 'Dedalus', sample: false }],
  account: { id: 'a', label: 'Work', provider: 'Dedalus', sample: false },
  month: NOVEMBER,
  refreshing: false,
  loading: { done: 1, total: 2 },
  notices: [{ severity: 'info', text: 'x' }],
  figures: [
    {
      label: 'Awake time',
      lines: [{ kind: 'billed', label: 'billed', value: '1 h', exact: '3,600 s', provenance: 'x' }],
    },
  ],
  subject: 'machine',
  stackings: ['machine', 'shape'],
  stackBy: 'machine',
  ...{ hasHours: true, hasDuty: true, hasBilled: true },
  choices: { ...DEFAULT_CHOICES, duty: true },
  range: { first: '2026-11-01', last: '2026-11-02' },
  shown: { start: NOVEMBER, end: NOVEMBER + 2 * DAY },
  today: '2026-11-02',
  hoursAllowed: true,
  reports: [],
  charts: [
    {
      id: 'compute',
      title: 'Awake time',
      meter: 'awake_seconds',
      meters: [{ id: 'awake_seconds', label: 'Awake time' }],
      granularity: 'day',
      form: 'bars',
      starts,
      begun: 2,
      openFrom: 1,
      series: [{ key: 'm', label: 'm', kind: 'machine', colour: 0, values: Float64Array.of(1, 2) }],
      table: {
        rows: [{ key: 'm', label: 'm', kind: 'machine' }],
        values: Float64Array.of(1, 2),
        exact: { 1: '2' },
      },
      previous: { label: 'before', values: Float64Array.of(1, NaN) },
      source: 'Metered by the vendor',
      provenance: 'x',
      notes: [],
    },
  ],
  duty: {
    title: 'Duty',
    of: 'All',
    days: ['2026-11-01'],
    awake: new Float64Array(24),
    used: new Float64Array(24),
    capacity: new Float64Array(24),
    provenance: 'x',
    notes: [],
  },
};

const read = (view: unknown): unknown => readHostMessage({ type: 'show', heard: 0, view });

test('a view crosses as it is', () => {
  assert.equal((read(structuredClone(VIEW)) as { view: DashboardView }).view.charts.length, 1);
});

test('meters that are named by the vendor cross as well', () => {
  for (const meter of ['paas.cents', 'byoc.EUR', 'line.static_bandwidth_gb', 'credit_cents'] as const) {
    const charts = VIEW.charts.map((chart) => ({ ...chart, meter, meters: [{ id: meter, label: 'x' }] }));
    assert.ok(read({ ...VIEW, subject: 'category', charts }));
  }
});

test('messages of others are not ours', () => {
  for (const message of [
    undefined,
    null,
    'show',
    { type: 'show' },
    { type: 'show', view: VIEW },
    { type: 'hello', locale: 'en' },
    { type: 'x' },
  ]) {
    assert.equal(readHostMessage(message), undefined);
  }
});

test('a view that could not be drawn is refused whole', () => {
  const [chart] = VIEW.charts;
  const series = chart?.series[0];
  const withChart = (part: object): unknown => ({ ...VIEW, charts: [{ ...chart, ...part }] });
  const broken: unknown[] = [
    { ...VIEW, month: 'November' },
    { ...VIEW, choices: {} },
    { ...VIEW, choices: { ...VIEW.choices, top: 1e6 } },
    { ...VIEW, shown: { start: NaN, end: 1 } },
    { ...VIEW, loading: {} },
    { ...VIEW, figures: [{ label: 'x' }] },
    { ...VIEW, selected: { subjectId: 7, label: 'x' } },
    { ...VIEW, duty: { ...VIEW.duty, awake: new Float64Array(23) } },
    { ...VIEW, subject: 'planet' },
    { ...VIEW, stackings: ['colour'] },
    { ...VIEW, hasHours: 'yes' },
    { ...VIEW, reports: undefined },
    { ...VIEW, reports: [{ id: 'monthEnd' }] },
    { ...VIEW, hasDuty: undefined },
    { ...VIEW, hasBilled: 1 },
    { ...VIEW, overview: { rows: [] } },
    { ...VIEW, choices: { ...VIEW.choices, computeMeter: 'nonsense' } },
    withChart({ meter: 'nonsense' }),
    withChart({ meter: 'toString' }),
    withChart({ meters: undefined }),
    withChart({ meters: [{ id: 'nonsense', label: 'x' }] }),
    withChart({ meters: [{ id: 'awake_seconds' }] }),
    withChart({ starts: [1, 2] }),
    withChart({ begun: 3 }),
    withChart({ openFrom: 3 }),
    withChart({ series: [{ ...series, values: Float64Array.of(1) }] }),
    withChart({ series: [{ ...series, values: [1, 2] }] }),
    withChart({ series: [{ ...series, colour: -1 }] }),
    withChart({ table: { ...chart?.table, values: Float64Array.of(1) } }),
    withChart({ table: { ...chart?.table, rows: [{ key: 'm' }] } }),
    withChart({ table: { ...chart?.table, exact: { 1: 2 } } }),
    withChart({ previous: { label: 'before', values: [] } }),
    withChart({ allowance: { label: 'plan', value: Infinity } }),
  ];
  for (const view of broken) {
    assert.equal(read(view), undefined, JSON.stringify(view));
  }
});
