import type { MeterId } from '../usage/meter';
import type { EpochMs, UtcDay } from '../usage/time';

/**
 * Words for the page, in the reader's language: the page has no access to VS Code's translations.
 * Words and whole sentences only; the page joins them with figures by colons, commas and line breaks.
 */
export interface DashboardStrings {
  readonly refresh: string;
  readonly refreshing: string;
  readonly account: string;
  readonly sample: string;
  readonly others: string;
  readonly total: string;
  /** Heads the column of days, and says in which zone: `Day (UTC)`. */
  readonly day: string;
  readonly showTable: string;
  /** Stands before a time: `as of`. */
  readonly asOf: string;
  /** Stands before a time: `data through`. */
  readonly dataThrough: string;
  /** What is said of the day that is still going on: `still running`. */
  readonly openDay: string;
  readonly noUsage: string;
  readonly unknown: string;
  /** Stands after a unit: `per UTC day`. */
  readonly perDay: string;
  /** Names the newest figure of a level, which has no total. */
  readonly latest: string;
  readonly largest: string;
  readonly peakDay: string;
  /** How to read a chart by keyboard: left and right arrow keys. */
  readonly chartKeys: string;
  /** In place of the charts while nothing has been fetched and nothing is being fetched. */
  readonly nothingYet: string;
  /** In place of everything while there is no account, above the two buttons. */
  readonly noAccount: string;
  readonly addAccount: string;
  readonly openSample: string;
}

/** One figure of the header, written by the host so that it reads as in the tree and the status bar. */
export interface Figure {
  readonly label: string;
  /** Rounded, in the unit for people: `1,559 h`. */
  readonly value: string;
  /** Exact, in the vendor's own unit. */
  readonly exact: string;
  /** What kind of figure it is: billed, metered, … and up to when. */
  readonly note: string;
}

/** Usage over the days of the month, one series a machine. */
export interface ChartSeries {
  readonly label: string;
  readonly kind: 'machine' | 'others';
  /** One value a day in the meter's own unit; NaN where it is not known. Exact unless `exact` is there. */
  readonly values: Float64Array;
  /** Decimal texts of the same values, present only when a value is beyond 2^53. */
  readonly exact?: readonly string[];
}

export interface Chart {
  readonly id: 'compute' | 'storage';
  readonly title: string;
  readonly meter: MeterId;
  readonly days: readonly UtcDay[];
  /** The index of the day that is still going on, when it is among the days. */
  readonly openDay?: number;
  readonly series: readonly ChartSeries[];
  /** A sentence in place of the chart when there is nothing to draw. */
  readonly empty?: string;
}

/** A failure or a remark to show above the charts, with at most one action. */
export interface Notice {
  readonly severity: 'error' | 'info';
  readonly text: string;
  readonly action?: { readonly label: string; readonly intent: NoticeIntent };
}

/** What a notice's button may ask for: names, never commands or addresses. */
export type NoticeIntent = 'refresh' | 'updateKey' | 'showLog' | 'openSettings' | 'addAccount' | 'openSample';

export interface DashboardAccount {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly sample: boolean;
}

/** All that the page shows, whole: the page keeps no data of its own. */
export interface DashboardView {
  readonly accounts: readonly DashboardAccount[];
  /** Absent when there is no account. */
  readonly account?: DashboardAccount;
  /** First instant of the month shown. */
  readonly month: EpochMs;
  readonly asOf?: EpochMs;
  readonly dataThrough?: EpochMs;
  readonly refreshing: boolean;
  readonly notices: readonly Notice[];
  readonly figures: readonly Figure[];
  /** Empty until something has been fetched. */
  readonly charts: readonly Chart[];
}

export type HostMessage =
  | { readonly type: 'hello'; readonly locale: string; readonly strings: DashboardStrings }
  | { readonly type: 'show'; readonly view: DashboardView };

export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'chooseAccount'; readonly accountId: string }
  | { readonly type: 'act'; readonly intent: NoticeIntent };

/** What the page keeps over a reload of the window; which account it shows is the panel's whole identity. */
export interface DashboardState {
  readonly accountId: string;
}

const INTENTS: ReadonlySet<string> = new Set<NoticeIntent>([
  'refresh',
  'updateKey',
  'showLog',
  'openSettings',
  'addAccount',
  'openSample',
]);

/** Reads a message from the page, which is not trusted: undefined for anything that is not one of ours. */
export function readPageMessage(message: unknown): PageMessage | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    return undefined;
  }
  switch (message.type) {
    case 'ready':
      return { type: 'ready' };
    case 'chooseAccount':
      return 'accountId' in message && typeof message.accountId === 'string'
        ? { type: 'chooseAccount', accountId: message.accountId }
        : undefined;
    case 'act':
      return 'intent' in message && typeof message.intent === 'string' && INTENTS.has(message.intent)
        ? { type: 'act', intent: message.intent as NoticeIntent }
        : undefined;
    default:
      return undefined;
  }
}

/** Reads the state that VS Code kept for the page over a reload. */
export function readDashboardState(state: unknown): DashboardState | undefined {
  return typeof state === 'object' &&
    state !== null &&
    'accountId' in state &&
    typeof state.accountId === 'string'
    ? { accountId: state.accountId }
    : undefined;
}
