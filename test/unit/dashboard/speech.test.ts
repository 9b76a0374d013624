import assert from 'node:assert/strict';
import test from 'node:test';
import type { Chart } from '../../../src/protocol/chart';
import { DEFAULT_CHOICES } from '../../../src/protocol/choices';
import type { DashboardView } from '../../../src/protocol/messages';
import { DAY, HOUR, monthOf } from '../../../src/usage/time';
import { createChartModel } from '../../../webview/dashboard/chart/chartModel';
import {
  periodName,
  seriesLabel,
  slotName,
  speakChange,
  speakMarked,
  speakSlot,
  summarise,
  unitLine,
} from '../../../webview/dashboard/parts/speech';
import { chart, ENGLISH, machine, NOVEMBER, others } from './charts';
import { CLOSED_REPORTS, OPEN_REPORTS } from './reports';

const { strings, formats } = ENGLISH;
const MONTH = monthOf(NOVEMBER);

/** An hour in the unit of the charts. */
const H = 3600;

test('the alternative text names the total, the average, the largest machine and the peak', () => {
  const compute = chart([machine('web-1', [2 * H, 5 * H]), machine('web-2', [H, H])]);
  assert.equal(
    summarise(compute, createChartModel(compute), MONTH, ENGLISH),
    'Compute, h per UTC day, November 2026. Total: 9 h. Average: 4.5 h. Largest: web-1, 7 h. Peak: Mon 2 Nov, 6 h.',
  );
});

test('the alternative text of a level speaks of its newest figure, not of a total', () => {
  const storage = chart([machine('web-1', [10, 20])], { title: 'Storage', meter: 'provisioned_storage_gib' });
  assert.match(
    summarise(storage, createChartModel(storage), MONTH, ENGLISH),
    /^Storage, GiB, November 2026\. Latest: 20 GiB\. Average: 15 GiB\./u,
  );
});

test('a slot is spoken with its total and the three series with the most', () => {
  const compute = chart([
    machine('a', [H]),
    machine('b', [3 * H]),
    machine('c', [0]),
    machine('d', [2 * H]),
    others([4 * H]),
  ]);
  assert.equal(
    speakSlot(compute, createChartModel(compute), 0, ENGLISH),
    'Sun 1 Nov UTC. Total: 10 h. Other machines (12): 4 h. b: 3 h. d: 2 h.',
  );
});

test('the previous period is spoken after the slot, also where it is unknown', () => {
  const compute = chart([machine('a', [H, H])], {
    previous: { label: 'October 2026', values: Float64Array.of(2 * H, NaN) },
  });
  const model = createChartModel(compute);
  assert.match(speakSlot(compute, model, 0, ENGLISH), /October 2026: 2 h\.$/u);
  assert.match(speakSlot(compute, model, 1, ENGLISH), /October 2026: unknown\.$/u);
});

test('an open slot is said to be open, and an unknown one to be unknown', () => {
  const compute = chart([machine('a', [NaN, H])], { openFrom: 1 });
  const model = createChartModel(compute);
  assert.equal(speakSlot(compute, model, 0, ENGLISH), 'Sun 1 Nov UTC. Total: unknown.');
  assert.equal(speakSlot(compute, model, 1, ENGLISH), 'Mon 2 Nov UTC, not over yet. Total: 1 h. a: 1 h.');
});

test('an hour is named with its day and both its ends', () => {
  const hours = chart([machine('a', [H, H])], { granularity: 'hour' });
  assert.equal(slotName(hours, 1, ENGLISH), 'Sun 1 Nov 01:00–02:00 UTC');
  assert.equal(unitLine(hours, strings), 'h per UTC hour');
});

test('marked slots are spoken with their sum, those of a level without', () => {
  const compute = chart([machine('a', [H, 2 * H, 3 * H])]);
  assert.equal(
    speakMarked(compute, createChartModel(compute), { first: 1, last: 2 }, ENGLISH),
    '2\u2009–\u20093 Nov 2026 UTC. Total: 5 h.',
  );
  const storage = chart([machine('a', [10, 20])], { meter: 'provisioned_storage_gib' });
  assert.equal(
    speakMarked(storage, createChartModel(storage), { first: 0, last: 1 }, ENGLISH),
    '1\u2009–\u20092 Nov 2026 UTC.',
  );
});

test('a period has the shortest name that is exact', () => {
  assert.equal(periodName(MONTH, formats), 'November 2026');
  assert.equal(periodName({ start: NOVEMBER, end: NOVEMBER + DAY }, formats), '1 Nov 2026');
  assert.equal(
    periodName({ start: NOVEMBER + 22 * HOUR, end: NOVEMBER + DAY }, formats),
    'Sun 1 Nov 22:00–24:00',
  );
  assert.equal(
    periodName({ start: NOVEMBER + 22 * HOUR, end: NOVEMBER + 26 * HOUR }, formats),
    '2026-11-01 22:00–2026-11-02 02:00',
  );
});

test('a name cannot turn the reading direction, break the line or run on', () => {
  const label = seriesLabel(machine(`\u202eevil\n${'x'.repeat(4000)}`, [1]), strings);
  assert.doesNotMatch(label, /[\u202e\n]/u);
  assert.ok(label.length <= 200);
});

test('others without a name are called others', () => {
  assert.equal(seriesLabel({ ...others([1]), label: '' }, strings), 'Others');
});

const ACCOUNT = { id: '1', label: 'Acme', provider: 'Dedalus', sample: false };
const VIEW: DashboardView = {
  accounts: [ACCOUNT],
  account: ACCOUNT,
  month: NOVEMBER,
  asOf: Date.UTC(2026, 10, 20, 14, 2),
  refreshing: false,
  notices: [],
  figures: [],
  choices: DEFAULT_CHOICES,
  range: { first: '2026-11-01', last: '2026-11-30' },
  shown: MONTH,
  today: '2026-11-20',
  subject: 'machine',
  stackings: ['machine', 'shape'],
  stackBy: 'machine',
  ...{ hasHours: true, hasDuty: true, hasBilled: true },
  hoursAllowed: true,
  charts: [],
  reports: [],
};

test('a refresh is announced at its begin and at its end', () => {
  const busy = { ...VIEW, refreshing: true };
  assert.equal(speakChange(VIEW, busy, ENGLISH), 'Refreshing…');
  assert.equal(speakChange(busy, VIEW, ENGLISH), 'as of 2026-11-20 14:02 UTC.');
});

test('reading is announced at its beginning and its end, and not at every step', () => {
  const reading = (done: number): DashboardView => ({ ...VIEW, loading: { done, total: 9 } });
  assert.equal(speakChange(VIEW, reading(0), ENGLISH), 'Loading usage.');
  assert.equal(speakChange(reading(0), reading(5), ENGLISH), '');
  assert.equal(speakChange(reading(5), VIEW, ENGLISH), 'Loading has finished.');
});

test('a notice is announced when it comes, not again with every view', () => {
  const failed: DashboardView = { ...VIEW, notices: [{ severity: 'error', text: 'No connection.' }] };
  assert.equal(speakChange(VIEW, failed, ENGLISH), 'No connection.');
  assert.equal(speakChange(failed, failed, ENGLISH), '');
});

test('another account is announced by name', () => {
  const other: DashboardView = { ...VIEW, account: { ...ACCOUNT, id: '2', label: 'Other' } };
  assert.equal(speakChange(VIEW, other, ENGLISH), 'Other.');
});

test('another period, as after a zoom, is announced', () => {
  const zoomed = { ...VIEW, shown: { start: NOVEMBER, end: NOVEMBER + 2 * DAY } };
  assert.equal(speakChange(VIEW, zoomed, ENGLISH), '1\u2009–\u20092 Nov 2026 UTC.');
  assert.equal(speakChange(zoomed, VIEW, ENGLISH), 'November 2026 UTC.');
});

test('a selection is announced when it comes and when it goes', () => {
  const selected = { ...VIEW, selected: { subjectId: 'dm-1', label: 'web-1' } };
  assert.equal(speakChange(VIEW, selected, ENGLISH), 'Selected: web-1.');
  assert.equal(speakChange(selected, VIEW, ENGLISH), 'All machines.');
});

test('what is selected no more is one of what the account has', () => {
  const selected = { ...VIEW, subject: 'category', selected: { subjectId: 'cpu', label: 'CPU' } } as const;
  assert.equal(speakChange(selected, { ...VIEW, subject: 'category' }, ENGLISH), 'All categories.');
});

test('the unit of a chart is named once, and only the time where it has no name', () => {
  const unitOf = (meter: Chart['meter']): string => unitLine(chart([machine('a', [1])], { meter }), strings);
  assert.equal(unitOf('paas.USD'), 'USD per UTC day');
  assert.equal(unitOf('paas.cents'), 'cents per UTC day');
  assert.equal(unitOf('paas.major'), 'per UTC day');
  assert.equal(unitOf('logical_storage_bytes'), 'GiB');
});

test('the answer of a report is spoken once it is open, and not when another account brings it', () => {
  const closed = { ...VIEW, reports: CLOSED_REPORTS };
  const open = { ...VIEW, reports: [...OPEN_REPORTS.slice(0, 1), ...CLOSED_REPORTS.slice(1)] };
  assert.equal(speakChange(closed, open, ENGLISH), `${OPEN_REPORTS[0]?.summary}.`);
  assert.equal(speakChange(open, open, ENGLISH), '');
  assert.equal(speakChange(open, closed, ENGLISH), '');
  const other = { ...open, account: { ...ACCOUNT, id: '2', label: 'Globex' } };
  assert.equal(speakChange(closed, other, ENGLISH), 'Globex.');
});

test('how many rows a search has found is spoken, with those that are not shown', () => {
  const found = (text: string, more: number): DashboardView => ({
    ...VIEW,
    reports: OPEN_REPORTS.map((report) =>
      report.body?.search
        ? {
            ...report,
            body: {
              ...report.body,
              search: { text, hint: 'Part of an id' },
              tables: report.body.tables.map((table) => ({ ...table, more })),
            },
          }
        : report,
    ),
  });
  assert.equal(speakChange(found('', 170), found('K3Y', 1200), ENGLISH), 'Rows: 1,230.');
  assert.equal(speakChange(found('K3Y', 1200), found('K3Y', 1200), ENGLISH), '');
});
