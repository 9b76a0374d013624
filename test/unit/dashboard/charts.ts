import type { Chart, ChartSeries, DashboardStrings } from '../../../src/protocol/messages';
import { createFormats } from '../../../src/usage/format';
import type { Language } from '../../../webview/dashboard/speech';

/** 2026-11-01, the month of all examples here. */
export const NOVEMBER = Date.UTC(2026, 10, 1);

const STRINGS: DashboardStrings = {
  refresh: 'Refresh',
  refreshing: 'Refreshing…',
  account: 'Account',
  sample: 'Sample data',
  others: 'Other machines',
  total: 'Total',
  day: 'Day (UTC)',
  showTable: 'Show as table',
  asOf: 'as of',
  dataThrough: 'data through',
  openDay: 'still running',
  noUsage: 'No usage',
  unknown: 'unknown',
  perDay: 'per UTC day',
  latest: 'Latest',
  largest: 'Largest',
  peakDay: 'Peak day',
  chartKeys: 'Left and right arrow keys',
  nothingYet: 'Nothing read yet',
  noAccount: 'No account',
  addAccount: 'Add Account',
  openSample: 'Try with Sample Data',
};

export const ENGLISH: Language = { locale: 'en-GB', strings: STRINGS, formats: createFormats('en-GB') };

export function machine(label: string, values: readonly number[], exact?: readonly string[]): ChartSeries {
  return { label, kind: 'machine', values: Float64Array.from(values), ...(exact && { exact }) };
}

export function others(values: readonly number[]): ChartSeries {
  return { label: 'Other machines (12)', kind: 'others', values: Float64Array.from(values) };
}

/** A compute chart in seconds over the first days of November 2026; other parts as given. */
export function chart(series: readonly ChartSeries[], parts: Partial<Chart> = {}): Chart {
  const dayCount = series[0]?.values.length ?? 0;
  return {
    id: 'compute',
    title: 'Compute',
    meter: 'awake_seconds',
    days: Array.from({ length: dayCount }, (_, day) => `2026-11-${String(day + 1).padStart(2, '0')}`),
    series,
    ...parts,
  };
}
