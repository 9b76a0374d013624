import type { Chart, ChartSeries, ChartTable } from '../../../src/protocol/chart';
import type { DashboardStrings } from '../../../src/protocol/strings';
import { createFormats } from '../../../src/usage/format';
import { lengthOf } from '../../../src/usage/range';
import type { Language } from '../../../webview/dashboard/parts/speech';

/** 2026-11-01, the month of all examples here. */
export const NOVEMBER = Date.UTC(2026, 10, 1);

const STRINGS: DashboardStrings = {
  refresh: 'Refresh',
  refreshing: 'Refreshing…',
  account: 'Account',
  allAccounts: 'All accounts',
  refreshAll: 'Refresh All Accounts',
  sample: 'Sample data',
  others: 'Others',
  total: 'Total',
  showTable: 'Show as table',
  asOf: 'as of',
  dataThrough: 'data through',
  closedThrough: 'closed through',
  closedThroughMeaning: 'Calculated: usage metered up to this hour adds up to exactly the billed figure.',
  closedThroughUnknown: 'unknown: there is no hour up to which metered usage adds up to the billed figure',
  open: 'not over yet',
  noUsage: 'No usage in this period.',
  unknown: 'unknown',
  perDay: 'per UTC day',
  perHour: 'per UTC hour',
  latest: 'Latest',
  average: 'Average',
  largest: 'Largest',
  peak: 'Peak',
  chartKeys:
    'Move through the chart with the left and right arrow keys. Hold Shift to mark a part, and press Enter to zoom in on it. Press Escape to leave it, and again to zoom out.',
  dutyKeys: 'Move through days and hours with the four arrow keys.',
  nothingYet: 'Nothing is loaded yet.',
  noAccount: 'Add an account to see its usage, or look around with sample data first.',
  addAccount: 'Add Account',
  openSample: 'Try with Sample Data',
  period: 'Period',
  thisMonth: 'This month',
  lastMonth: 'Last month',
  last7Days: 'Last 7 days',
  last30Days: 'Last 30 days',
  dates: 'Dates…',
  firstDay: 'First day (UTC)',
  lastDay: 'Last day (UTC)',
  apply: 'Apply',
  notADate: 'Enter both dates.',
  reversed: 'The first day is after the last one.',
  future: 'The last day is in the future.',
  tooLong: 'The period is longer than 366 days.',
  per: 'Per',
  hour: 'Hour',
  day: 'Day',
  hoursNotAllowed: 'Hours can be shown for at most 62 days.',
  hoursNotGiven: 'This vendor gives no hourly figures.',
  stackBy: 'Stack by',
  byMachine: 'By machine',
  byShape: 'By shape',
  subjects: {
    machine: { one: 'Machine', all: 'All machines', selectHint: 'Click a machine.' },
    group: { one: 'Group', all: 'All groups', selectHint: 'Click a group.' },
    category: { one: 'Category', all: 'All categories', selectHint: 'Click a category.' },
  },
  shape: 'Shape',
  form: 'Draw',
  bars: 'Bars',
  area: 'Area',
  top: 'Show the largest',
  tops: ['Top 3', 'Top 5', 'Top 7', 'Top 10', 'Top 15', 'Top 20'],
  previous: 'Compare',
  previousMeaning: 'Draws the previous period as a dashed line.',
  show: 'What to show',
  meter: 'Meter',
  awakeTime: 'Awake time',
  zoomOut: 'Zoom Out',
  zoomHint: 'Drag to zoom in, double-click to go back.',
  exportRows: 'Export',
  csv: 'All rows as CSV',
  json: 'All rows as JSON',
  savePicture: 'Save as Picture',
  cancel: 'Cancel',
  loading: 'Loading usage',
  loaded: 'Loading has finished',
  nextRequest: 'next request in',
  requestsPerMinute: 'requests per minute',
  selected: 'Selected',
  reveal: 'Reveal in Sidebar',
  clearSelection: 'Clear Selection',
  time: 'Time (UTC)',
  value: 'Value',
  unit: 'Unit',
  exactValue: 'Exact',
  note: 'Note',
  filter: 'Filter',
  filterHint: 'Part of a name or a time',
  copyTable: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy',
  rows: 'Rows',
  noRows: 'No row matches.',
  sumOfRows: 'Sum of these rows',
  duty: 'Duty',
  showDuty: 'Show Duty by Hour',
  dutyMeaning:
    'How much of their vCPUs machines used while awake, hour by hour. The hours of a day take one request, made only once.',
  hideDuty: 'Hide',
  asleep: 'asleep',
  usedTime: 'Used',
  capacityTime: 'Available',
  hourOfDay: 'Hour of day (UTC)',
  busiestHour: 'Busiest hour of day (UTC)',
  answers: 'Answers',
  skipToChart: 'Skip to Chart',
  tones: { good: 'All well', attention: 'Needs attention', trouble: 'Trouble' },
  showInChart: 'Show in the chart',
  dismiss: 'Dismiss',
  notShown: 'More rows, not shown',
  overviewColumns: {
    account: 'Account',
    vendor: 'Vendor',
    figure: 'Month to date',
    days: 'By day',
    monthEnd: 'Month end',
    budget: 'Fullest budget',
    state: 'State',
  },
  openAccount: 'Opens this account',
};

export const ENGLISH: Language = { locale: 'en-GB', strings: STRINGS, formats: createFormats('en-GB') };

export function machine(label: string, values: readonly number[], exact?: readonly string[]): ChartSeries {
  return {
    key: `id of ${label}`,
    label,
    kind: 'machine',
    colour: 0,
    values: Float64Array.from(values),
    ...(exact && { exact }),
  };
}

export function others(values: readonly number[]): ChartSeries {
  return {
    key: '',
    label: 'Other machines (12)',
    kind: 'others',
    colour: 0,
    values: Float64Array.from(values),
  };
}

/**
 * A compute chart in seconds over the first slots of November 2026, days unless `parts` say hours, which have all begun
 * and are closed; other parts as given.
 */
export function chart(series: readonly ChartSeries[], parts: Partial<Chart> = {}): Chart {
  const length = lengthOf(parts.granularity ?? 'day');
  const starts =
    parts.starts ?? Float64Array.from(series[0]?.values ?? [], (_, slot) => NOVEMBER + slot * length);
  const begun = parts.begun ?? starts.length;
  return {
    id: 'compute',
    title: 'Compute',
    meter: 'awake_seconds',
    meters: [{ id: parts.meter ?? 'awake_seconds', label: 'Meter' }],
    granularity: 'day',
    form: 'bars',
    starts,
    begun,
    openFrom: begun,
    series,
    provenance: 'Metered',
    source: 'Metered by the vendor',
    notes: [],
    ...parts,
  };
}

/** The table of a chart that draws all that there is. */
export function tableOf({ series, begun }: Chart): ChartTable {
  const values = Array.from({ length: begun }, (_, slot) => series.map((own) => own.values[slot] ?? NaN));
  return { rows: series, values: Float64Array.from(values.flat()), exact: {} };
}
