import type { EpochMs, Period, UtcDay } from '../usage/time';
import { type Chart, type DutyMap } from './chart';
import {
  changeChoices,
  type Choices,
  type ChoicesChange,
  DEFAULT_CHOICES,
  isRecord,
  readChoices,
  type StackBy,
} from './choices';
import { type AccountsOverview, REMEDIES, type Remedy } from './overview';
import { type ChartTarget, type Report, REPORT_INTENTS, type ReportIntent } from './report';
import type { DashboardStrings } from './strings';
import { type Subject } from './subject';

/**
 * One meter in the shown period: up to three different numbers, each named, and compared if possible. The first is what the
 * meter's chart adds up to.
 */
export interface Figure {
  readonly label: string;
  readonly lines: readonly FigureLine[];
  /** The chart that shows the meter; absent for an estimate. */
  readonly opens?: Pick<ChartTarget, 'chart' | 'meter'>;
}

/** A figure formatted by the host, so that it looks as in the tree and the status bar. */
export interface FigureLine {
  readonly kind: 'billed' | 'metered' | 'notYetClosed' | 'level' | 'estimated';
  readonly label: string;
  /** Rounded, in the display unit: `1,559 h`. */
  readonly value: string;
  /** Exact, in the vendor's own unit. */
  readonly exact: string;
  /** Says what it is, as of when, and for which account. */
  readonly provenance: string;
  /** Change from the same elapsed part of the month before; absent if not compared. */
  readonly change?: Change;
}

export interface Change {
  /** `+4.2 %`, or a word if there is nothing to compare with. */
  readonly text: string;
  readonly direction: 'up' | 'down' | 'same' | 'unknown';
  /** What was compared with what, exactly. */
  readonly detail: string;
}

/** A failure or a remark to show above the charts, with at most one action. */
export interface Notice {
  readonly severity: 'error' | 'info';
  readonly text: string;
  readonly action?: { readonly label: string; readonly intent: Intent };
}

/** What a button of the page may ask for: names, never commands or addresses. */
export type Intent =
  'addAccount' | 'openSample' | 'loadMissing' | 'cancelLoading' | 'showLastMonth' | Remedy | ReportIntent;

export interface DashboardAccount {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly sample: boolean;
}

/** Everything that the page shows: the page keeps no data of its own. */
export interface DashboardView {
  readonly accounts: readonly DashboardAccount[];
  /** Absent when there is no account. With `overview`, the one that was shown before. */
  readonly account?: DashboardAccount;
  /** All accounts, in place of the figures and charts of one. */
  readonly overview?: AccountsOverview;
  /** The first instant of the figures' month. */
  readonly month: EpochMs;
  readonly asOf?: EpochMs;
  readonly dataThrough?: EpochMs;
  /** The time up to which metered usage adds up to billed usage; absent if there is none. */
  readonly closedThrough?: EpochMs;
  readonly refreshing: boolean;
  /** Requests for days that are loading beyond the month's overview. */
  readonly loading?: {
    readonly done: number;
    readonly total: number;
    /** The next one waits, since only so many may go within a minute; milliseconds from when the view was made. */
    readonly wait?: { readonly ms: number; readonly perMinute: number };
  };
  readonly notices: readonly Notice[];
  readonly figures: readonly Figure[];
  readonly subject: Subject;
  /** What usage can be stacked by. */
  readonly stackings: readonly StackBy[];
  /** What it is stacked by: as chosen, or as the dashboard began. */
  readonly stackBy: StackBy;
  /** Whether the vendor gives hourly figures, how busy machines were, and what it has billed so far. */
  readonly hasHours: boolean;
  readonly hasDuty: boolean;
  readonly hasBilled: boolean;
  readonly choices: Choices;
  /** The days of the chosen range, zoomed or not. */
  readonly range: { readonly first: UtcDay; readonly last: UtcDay };
  /** What the charts show. */
  readonly shown: Period;
  /** The last day that may be chosen. */
  readonly today: UtcDay;
  /** False if the range is too long to show by hour, or the vendor has no hours. */
  readonly hoursAllowed: boolean;
  /** The machine, group or category that is highlighted everywhere. */
  readonly selected?: { readonly subjectId: string; readonly label: string };
  /** Empty until something has been fetched. */
  readonly charts: readonly Chart[];
  readonly duty?: DutyMap;
  /** The reports that the vendor gives enough data for, in the order of `REPORTS`. */
  readonly reports: readonly Report[];
}

export type HostMessage =
  | { readonly type: 'hello'; readonly locale: string; readonly strings: DashboardStrings }
  /** `heard`: how many of the page's choices, since its start, the host had received when it built the view. */
  | { readonly type: 'show'; readonly heard: number; readonly view: DashboardView };

export type PictureOf = Chart['id'] | 'duty';

export type PageMessage =
  | { readonly type: 'ready' }
  /** `null` chooses all accounts. */
  | { readonly type: 'chooseAccount'; readonly accountId: string | null }
  | { readonly type: 'choose'; readonly change: ChoicesChange }
  /** `null` clears the selection. */
  | { readonly type: 'select'; readonly subjectId: string | null }
  | { readonly type: 'reveal'; readonly subjectId: string }
  | { readonly type: 'exportRows'; readonly format: 'csv' | 'json' }
  | { readonly type: 'savePicture'; readonly of: PictureOf; readonly png: ArrayBuffer }
  /** `accountId`: the account to act on, if it is not what is shown. */
  | { readonly type: 'act'; readonly intent: Intent; readonly accountId?: string }
  /** Dismisses a row of the report on idle machines for good, by its name. */
  | { readonly type: 'dismiss'; readonly name: string };

/**
 * Messages that choose what is shown. The host answers each with a view; a view built before the latest choice arrived would
 * reset the page's controls to the previous choice.
 */
export function isChoice({ type }: PageMessage): boolean {
  return type === 'chooseAccount' || type === 'choose' || type === 'select';
}

/** What the page keeps across window reloads. */
export interface DashboardState {
  readonly accountId: string;
  /** Whether all accounts were shown; `accountId` is then the one that was shown before. */
  readonly all: boolean;
  readonly choices: Choices;
  /** The id of the selected subject. Its name dates from the first version, since VS Code stores it. */
  readonly machineId?: string;
}

const INTENTS: ReadonlySet<string> = new Set<Intent>([
  'addAccount',
  'openSample',
  'loadMissing',
  'cancelLoading',
  'showLastMonth',
  ...REMEDIES,
  ...REPORT_INTENTS,
]);

const PICTURES: ReadonlySet<unknown> = new Set<PictureOf>(['compute', 'storage', 'duty']);

/** Reads an untrusted message from the page; undefined if it is not one of ours. */
export function readPageMessage(message: unknown): PageMessage | undefined {
  if (!isRecord(message)) {
    return undefined;
  }
  const { accountId, subjectId, intent, format, of, png, change, name } = message;
  switch (message['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'chooseAccount':
      return isName(accountId) || accountId === null ? { type: 'chooseAccount', accountId } : undefined;
    case 'choose':
      return { type: 'choose', change: readChoices(change) };
    case 'select':
      return isName(subjectId) || subjectId === null ? { type: 'select', subjectId } : undefined;
    case 'reveal':
      return isName(subjectId) ? { type: 'reveal', subjectId } : undefined;
    case 'exportRows':
      return format === 'csv' || format === 'json' ? { type: 'exportRows', format } : undefined;
    case 'savePicture':
      return PICTURES.has(of) && png instanceof ArrayBuffer
        ? { type: 'savePicture', of: of as PictureOf, png }
        : undefined;
    case 'act':
      return typeof intent === 'string' && INTENTS.has(intent)
        ? { type: 'act', intent: intent as Intent, ...(isName(accountId) ? { accountId } : {}) }
        : undefined;
    case 'dismiss':
      return isName(name) ? { type: 'dismiss', name } : undefined;
    default:
      return undefined;
  }
}

/** Longer than any id of a vendor. */
const LONGEST_NAME = 10_000;

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_NAME;
}

/** Reads the page state that VS Code kept across a reload; invalid choices become the defaults. */
export function readDashboardState(state: unknown): DashboardState | undefined {
  if (!isRecord(state) || !isName(state['accountId'])) {
    return undefined;
  }
  const { accountId, machineId } = state;
  return {
    accountId,
    all: state['all'] === true,
    choices: changeChoices(DEFAULT_CHOICES, readChoices(state['choices'])),
    ...(isName(machineId) ? { machineId } : {}),
  };
}
