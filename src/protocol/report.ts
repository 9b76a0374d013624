import type { MeterId } from '../usage/meter';
import type { Chart } from './chart';

/** Questions about an account's usage that the page answers in one line below the first chart, in their order. */
export const REPORTS = ['monthEnd', 'idle', 'checks', 'budgets', 'changes', 'trail', 'figures'] as const;
export type ReportId = (typeof REPORTS)[number];

/** `good`: all is well. `attention`: something to look at. `trouble`: something is wrong, or a limit is passed. */
export const TONES = ['neutral', 'good', 'attention', 'trouble'] as const;
export type Tone = (typeof TONES)[number];

/** A question and its answer: a few words, with more below them when opened. All texts are ready to show. */
export interface Report {
  readonly id: ReportId;
  readonly title: string;
  /** The answer in a few words, shown whether it is open or not: `Month end ≈ 3,675 h`. */
  readonly short: string;
  /** The answer in one line; shown while open, and on hover. Empty if `short` says it all. */
  readonly summary: string;
  readonly tone: Tone;
  /** Absent while it is closed. */
  readonly body?: ReportBody;
}

export interface ReportBody {
  readonly tables: readonly ReportTable[];
  /** Sentences on how it was computed, and what is missing. */
  readonly notes: readonly string[];
  /** A search field; the host does the search. `text` is the search that the tables are for. */
  readonly search?: { readonly text: string; readonly hint: string };
  readonly actions: readonly { readonly label: string; readonly intent: ReportIntent }[];
}

/** What a button of a report may ask for. */
export const REPORT_INTENTS = ['setRates', 'setBudgets', 'readAgain', 'showDismissed'] as const;
export type ReportIntent = (typeof REPORT_INTENTS)[number];

export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly numeric: boolean }[];
  readonly rows: readonly ReportRow[];
  /** How many more rows there are, which are not sent. */
  readonly more: number;
  /** A sentence in place of rows. */
  readonly empty: string;
}

export interface ReportRow {
  /** One per column. */
  readonly cells: readonly ReportCell[];
  readonly tone: Tone;
  /** What the row is about, to show in the charts. */
  readonly opens?: ChartTarget;
  /** The name by which a person may dismiss the row for good. */
  readonly dismiss?: string;
}

export interface ReportCell {
  readonly text: string;
  /** The exact figure and where it comes from; shown on hover. */
  readonly detail?: string;
  readonly gauge?: Gauge;
}

/** A bar below a text. All values are shares of its length, 0 to 1. */
export interface Gauge {
  /** The amount so far. */
  readonly done: number;
  /** The expected total and its range; absent without a forecast. */
  readonly expected?: { readonly low: number; readonly total: number; readonly high: number };
  /** A limit, drawn as a mark. */
  readonly limit?: number;
}

/** A chart on a meter, and what to highlight in it. */
export interface ChartTarget {
  readonly chart: Chart['id'];
  readonly meter: MeterId;
  readonly subjectId?: string;
}
