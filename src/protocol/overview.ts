import type { ReportCell, Tone } from './report';

/** All accounts side by side, in the sidebar's order, with sums that never mix two units. All texts are ready to show. */
export interface AccountsOverview {
  readonly rows: readonly OverviewRow[];
  /** One for each unit of the rows. */
  readonly totals: readonly OverviewTotal[];
  /** What the totals leave out. */
  readonly notes: readonly string[];
}

/** The columns, in their order. */
export const OVERVIEW_COLUMNS = [
  'account',
  'vendor',
  'figure',
  'days',
  'monthEnd',
  'budget',
  'state',
] as const;
export type OverviewColumn = (typeof OVERVIEW_COLUMNS)[number];

export interface OverviewRow {
  readonly accountId: string;
  /** The vendor's headline figure of the month to date, as in the status bar. */
  readonly figure: ReportCell;
  readonly days: OverviewDays;
  readonly monthEnd: ReportCell;
  /** The budget that has used the largest share of its limit. */
  readonly budget: ReportCell & { readonly tone: Tone };
  readonly state: OverviewState;
}

/** The headline's meter on each day of the month. */
export interface OverviewDays {
  /** What the bars say, for those who do not see them; in their place if there are none. */
  readonly text: string;
  readonly bars?: DayBars;
}

export interface DayBars {
  /** By day of the whole month, in the meter's stored unit; NaN where it is not at hand or not known in full. */
  readonly values: Float64Array;
  /** The number of days that have begun. */
  readonly begun: number;
  /** The first day whose value will still grow; `begun` if there is none. */
  readonly openFrom: number;
}

/** As of when the account was read, or what went wrong and what helps. */
export interface OverviewState {
  readonly text: string;
  readonly tone: Tone;
  /** The whole sentence, where `text` is its short form. */
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly intent: Remedy };
}

/** The one thing that helps against a failure. */
export const REMEDIES = ['refresh', 'updateKey', 'openSettings', 'openProxySettings', 'showLog'] as const;
export type Remedy = (typeof REMEDIES)[number];

export interface OverviewTotal {
  /** What is added up: `Total: Credits`. */
  readonly label: string;
  readonly figure: ReportCell;
  /** `Accounts: 1 of 2` */
  readonly accounts: string;
}
