import type { Chart, ChartSeries } from '../../../src/protocol/chart';
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
  sample: 'Sample data',
  others: 'Others',
  total: 'Total',
  showTable: 'Show as table',
  asOf: 'as of',
  dataThrough: 'data through',
  closedThrough: 'closed through',
  closedThroughMeaning: 'Worked out: what is metered up to this hour adds up to exactly what is billed.',
  closedThroughUnknown: 'unknown: no hour up to which the metered usage adds up to what is billed',
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
    'Left and right arrow keys walk through the chart. With Shift they mark a part, which Enter zooms in on; Escape leaves it, and zooms out.',
  dutyKeys: 'The four arrow keys walk through days and hours.',
  nothingYet: 'Nothing has been read yet.',
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
  notADate: 'Give both dates.',
  reversed: 'The first day is after the last one.',
  future: 'The last day has not come yet.',
  tooLong: 'That is more than 366 days.',
  per: 'Per',
  hour: 'Hour',
  day: 'Day',
  hoursNotAllowed: 'Hours can be shown for 62 days at most.',
  hoursNotGiven: 'This vendor gives no figures by the hour.',
  stackBy: 'Stack by',
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
  previous: 'Previous period',
  meter: 'Meter',
  awakeTime: 'Awake time',
  zoomOut: 'Zoom Out',
  zoomHint: 'Drag to zoom in, double-click to go back.',
  exportRows: 'Export',
  csv: 'All rows as CSV',
  json: 'All rows as JSON',
  savePicture: 'Save as Picture',
  cancel: 'Cancel',
  loading: 'Reading usage',
  loaded: 'Reading has ended',
  selected: 'Selected',
  reveal: 'Reveal in Sidebar',
  clearSelection: 'Clear Selection',
  time: 'Time (UTC)',
  value: 'Value',
  exactValue: 'Exact',
  note: 'Note',
  filter: 'Filter',
  filterHint: 'Part of a name or a time',
  copyTable: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy',
  showMore: 'Show More',
  rows: 'Rows',
  noRows: 'No row matches.',
  sumOfRows: 'Sum of these rows',
  duty: 'Duty',
  showDuty: 'Show Duty by Hour',
  dutyMeaning:
    'How much of their vCPUs machines used while awake, hour by hour. The hours of each day are one request, made once.',
  hideDuty: 'Hide',
  asleep: 'asleep',
  usedTime: 'Used',
  capacityTime: 'Available',
  hourOfDay: 'Hour of day (UTC)',
  busiestHour: 'Busiest hour of day (UTC)',
  reportsAhead: 'Looking ahead',
  reportsBehind: 'Behind the numbers',
  tones: { good: 'All well', attention: 'Needs attention', trouble: 'Trouble' },
  showInChart: 'Show in the chart',
  dismiss: 'Dismiss',
  notShown: 'Further rows, not shown',
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
    notes: [],
    ...parts,
  };
}
