import type { Report, ReportCell, ReportRow, ReportTable } from '../../../src/protocol/report';

const column = (heading: string): ReportTable['columns'][number] => ({ heading, numeric: false });
const figure = (heading: string): ReportTable['columns'][number] => ({ heading, numeric: true });
const cells = (...texts: readonly (string | ReportCell)[]): ReportCell[] =>
  texts.map((text) => (typeof text === 'string' ? { text } : text));
const row = (parts: Partial<ReportRow>, ...texts: readonly (string | ReportCell)[]): ReportRow => ({
  cells: cells(...texts),
  tone: 'neutral',
  ...parts,
});
const machine = (machineId: string): Pick<ReportRow, 'opens'> => ({
  opens: { chart: 'compute', meter: 'awake_seconds', subjectId: machineId },
});

/** All reports of a made-up account, open, with every part that one can have. */
export const OPEN_REPORTS: readonly Report[] = [
  {
    id: 'monthEnd',
    title: 'Month’s end',
    short: 'Month end ≈ 3,741 h',
    summary: 'Awake time: 2,340 h expected by the end of November, 2,180 to 2,520 h; 12 % more than October',
    tone: 'neutral',
    body: {
      tables: [
        {
          caption: 'Expected by the end of November',
          columns: [
            column('Meter'),
            figure('So far'),
            figure('Expected'),
            figure('Between'),
            figure('October'),
          ],
          rows: [
            row(
              { opens: { chart: 'compute', meter: 'awake_seconds' } },
              {
                text: 'Awake time',
                gauge: { done: 0.6, expected: { low: 0.82, total: 0.89, high: 0.96 } },
              },
              { text: '1,559 h', detail: 'Metered by the vendor: 5,612,345 s' },
              { text: '2,340 h', detail: 'Estimated: 8,424,000 s' },
              '2,180–2,520 h',
              '2,089 h',
            ),
            row(
              { opens: { chart: 'storage', meter: 'storage_mib_seconds' } },
              {
                text: 'Disk',
                gauge: { done: 0.66, expected: { low: 0.97, total: 0.98, high: 1 } },
              },
              '24,120 GiB-h',
              '36,180 GiB-h',
              '36,100–36,400 GiB-h',
              '35,904 GiB-h',
            ),
            row(
              {},
              {
                text: 'Cost at your rates',
                gauge: { done: 0.58, expected: { low: 0.8, total: 0.88, high: 0.97 } },
              },
              { text: '$ 218.40', detail: 'Estimated: your own rates, times what is metered. No invoice.' },
              '$ 331.20',
              '$ 301.00–$ 365.00',
              'unknown',
            ),
          ],
          more: 0,
          empty: 'Nothing has been metered this month.',
        },
      ],
      notes: [
        'Estimated from the 19 days of November that are closed, day by day of the week.',
        'In the last 12 months, 8 of 10 such forecasts came within the range that is given.',
        'Rates are your own; the vendor gives none.',
      ],
      actions: [{ label: 'Set Rates…', intent: 'setRates' }],
    },
  },
  {
    id: 'budgets',
    title: 'Budgets',
    short: 'Budget 82%',
    summary: '1 of 3 budgets is passed, another is expected to be on 27 Nov',
    tone: 'trouble',
    body: {
      tables: [
        {
          caption: 'Budgets of November',
          columns: [column('Budget'), figure('So far'), figure('Expected'), figure('Limit'), column('')],
          rows: [
            row(
              { tone: 'trouble' },
              {
                text: 'Disk',
                gauge: { done: 0.86, expected: { low: 0.95, total: 0.97, high: 0.99 }, limit: 0.72 },
              },
              '24,120 GiB-h',
              '36,180 GiB-h',
              '20,000 GiB-h',
              'Passed on 17 Nov',
            ),
            row(
              { tone: 'attention', ...machine('m1') },
              {
                text: 'dm-web-1',
                gauge: { done: 0.55, expected: { low: 0.78, total: 0.86, high: 0.94 }, limit: 0.8 },
              },
              '410 h',
              '640 h',
              '600 h',
              'Expected to pass on 27 Nov',
            ),
            row(
              { tone: 'good' },
              {
                text: 'Cost at your rates',
                gauge: { done: 0.45, expected: { low: 0.6, total: 0.66, high: 0.72 }, limit: 1 },
              },
              '$ 218.40',
              '$ 331.20',
              '$ 500.00',
              'On course',
            ),
          ],
          more: 0,
          empty: 'No budget has been set.',
        },
      ],
      notes: ['A budget is a limit of your own. Nothing is stopped when it is passed.'],
      actions: [{ label: 'Set Budgets…', intent: 'setBudgets' }],
    },
  },
  {
    id: 'changes',
    title: 'What changed',
    short: 'Change +12 h',
    summary: '+214 h against 1–20 October: dm-batch-7 began (+186 h), dm-api grew (+64 h)',
    tone: 'neutral',
    body: {
      tables: [
        {
          caption: 'Machines that changed the most',
          columns: [
            column('Machine'),
            figure('1–20 Oct'),
            figure('1–20 Nov'),
            figure('Difference'),
            column('Why'),
          ],
          rows: Array.from({ length: 14 }, (_, at) =>
            row(
              machine(`m${at}`),
              ['dm-batch-7', 'dm-api', 'dm-web-1', 'dm-a-rather-long-name-of-a-machine-that-somebody-chose'][
                at % 4
              ] ?? '',
              at % 4 === 0 ? '—' : `${at * 31} h`,
              `${186 + at * 7} h`,
              {
                text: `${at % 3 === 1 ? '−' : '+'}${186 - at * 11} h`,
                detail: `${(186 - at * 11) * 3600} s, metered`,
              },
              at % 4 === 0 ? 'began on 4 Nov' : 'longer awake each day',
            ),
          ),
          more: 1234,
          empty: 'Nothing changed.',
        },
        {
          caption: 'Shapes that changed',
          columns: [column('Machine'), column('Before'), column('Now'), column('Since')],
          rows: [row(machine('m2'), 'dm-api', '2 vCPU, 4 GiB', '4 vCPU, 8 GiB', '12 Nov 09:00')],
          more: 0,
          empty: 'No shape changed.',
        },
      ],
      notes: ['Compared with the same elapsed part of the month before.'],
      actions: [],
    },
  },
  {
    id: 'idle',
    title: 'What idles',
    short: '2 idle machines',
    summary: '3 machines were awake 412 h and used less than 2 % of their vCPUs',
    tone: 'attention',
    body: {
      tables: [
        {
          caption: 'Machines that idle',
          columns: [column('Machine'), figure('Awake'), figure('Duty'), column('What it may mean')],
          rows: ['dm-old-staging', 'dm-preview-12', 'dm-cron'].map((name, at) =>
            row(
              { ...machine(name), dismiss: name },
              { text: name, detail: `id of ${name}` },
              { text: `${168 - at * 31} h`, detail: `${(168 - at * 31) * 3600} s, metered` },
              `${at + 0.3} %`,
              'Awake all day and hardly used: could it sleep?',
            ),
          ),
          more: 0,
          empty: 'No machine idles.',
        },
      ],
      notes: ['Duty is vCPU-time used over vCPU-time available while awake.', '2 are dismissed.'],
      actions: [{ label: 'Show Dismissed', intent: 'showDismissed' }],
    },
  },
  {
    id: 'checks',
    title: 'Do the numbers add up?',
    short: 'Figures agree',
    summary: '5 of 5 checks hold',
    tone: 'good',
    body: {
      tables: [
        {
          caption: 'Checks',
          columns: [column('Check'), column('What was found'), figure('Difference')],
          rows: [
            row({ tone: 'good' }, 'The days add up to the month', 'to the second', '0 s'),
            row({ tone: 'good' }, 'The machines add up to the account', 'to the second', '0 s'),
            row(
              { tone: 'attention' },
              'Closed days stay as they were',
              { text: '1 day was restated by the vendor', detail: '2026-11-03, read again on 2026-11-06' },
              '+1,240 s',
            ),
          ],
          more: 0,
          empty: 'Nothing to check yet.',
        },
        {
          caption: 'Restatements',
          columns: [column('Day'), column('Read'), figure('Before'), figure('After')],
          rows: [],
          more: 0,
          empty: 'No day was restated since 1 November.',
        },
      ],
      notes: [],
      actions: [{ label: 'Read Again', intent: 'readAgain' }],
    },
  },
  {
    id: 'trail',
    title: 'Trail of metering',
    short: 'Metering trail',
    summary: '1,848 buckets in November, 12 not emitted yet',
    tone: 'neutral',
    body: {
      tables: [
        {
          caption: 'Metering buckets',
          columns: [
            column('Bucket'),
            column('State'),
            figure('Awake time'),
            figure('Disk'),
            figure('Machines'),
            column('Id'),
            column('Event'),
          ],
          rows: Array.from({ length: 30 }, (_, at) =>
            row(
              { tone: at === 0 ? 'attention' : 'neutral' },
              `2026-11-20 ${String(23 - (at % 24)).padStart(2, '0')}:00 UTC`,
              at === 0 ? 'not emitted' : 'emitted',
              { text: `${(41 - at / 10).toFixed(1)} h`, detail: `${147600 - at * 360} s, billed` },
              `${50 - at} GiB-h`,
              '48',
              `mb_01JD${String(at * 7919).padStart(8, '0')}K3Y7QW`,
              `evt_9f3c${String(at * 104729).padStart(10, '0')}`,
            ),
          ),
          more: 170,
          empty: 'No bucket has such an id.',
        },
      ],
      notes: ['A bucket is what the vendor bills by: one hour of compute, or of storage.'],
      search: { text: '', hint: 'Part of an id' },
      actions: [],
    },
  },
];

/** The same, closed. */
export const CLOSED_REPORTS: readonly Report[] = OPEN_REPORTS.map(({ id, title, short, summary, tone }) => ({
  ...{ id, title, short, summary, tone },
}));
