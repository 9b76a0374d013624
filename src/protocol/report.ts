import type { MeterId } from '../usage/meter';
import type { Chart } from './chart';

/** Questions about an account's usage that the page answers below the charts, in their order. */
export const REPORTS = ['monthEnd', 'budgets', 'changes', 'idle', 'checks', 'trail'] as const;
export type ReportId = (typeof REPORTS)[number];

/** `good`: all is well. `attention`: something to look at. `trouble`: something is wrong, or a limit is passed. */
export const TONES = ['neutral', 'good', 'attention', 'trouble'] as const;
export type Tone = (typeof TONES)[number];

/** A question and its answer: one line, and more below it once a person opens it. All texts are finished. */
export interface Report {
  readonly id: ReportId;
  readonly title: string;
  /** The answer in one line, shown whether it is open or not. */
  readonly summary: string;
  readonly tone: Tone;
  /** Absent while it is closed. */
  readonly body?: ReportBody;
}

export interface ReportBody {
  readonly tables: readonly ReportTable[];
  /** Sentences: how it was worked out, and what is missing. */
  readonly notes: readonly string[];
  /** A field for a text to look for, which the host does; the text that the tables are of. */
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
  /** How many rows there are beyond those, which are not sent. */
  readonly more: number;
  /** A sentence in place of rows. */
  readonly empty: string;
}

export interface ReportRow {
  /** One a column. */
  readonly cells: readonly ReportCell[];
  readonly tone: Tone;
  /** What the row is about, to be shown in the charts. */
  readonly opens?: ChartTarget;
  /** The name under which a person may put the row away for good. */
  readonly dismiss?: string;
}

export interface ReportCell {
  readonly text: string;
  /** What the figure is, exactly, and where it comes from; shown when somebody points at it. */
  readonly detail?: string;
  readonly gauge?: Gauge;
}

/** A bar below a text: shares of its whole length, 0 to 1. */
export interface Gauge {
  /** What is there already. */
  readonly done: number;
  /** What is expected, and between what; absent without a forecast. */
  readonly expected?: { readonly low: number; readonly total: number; readonly high: number };
  /** A limit, drawn as a mark. */
  readonly limit?: number;
}

/** A chart on a meter, and what stands out in it. */
export interface ChartTarget {
  readonly chart: Chart['id'];
  readonly meter: MeterId;
  readonly subjectId?: string;
}
