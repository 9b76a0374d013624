import { isMeterId, type MeterId } from '../usage/meter';
import { type Granularity, isDateRange, type RangeChoice } from '../usage/range';
import type { Period } from '../usage/time';
import { type Chart, type ChartForm } from './chart';
import { type ReportId, REPORTS } from './report';

/** What a person chose to see on the dashboard, and how; kept across window reloads. */
export interface Choices {
  readonly range: RangeChoice;
  /** The zoomed part of the range. */
  readonly zoom?: Period;
  readonly granularity: Granularity;
  /**
   * `machine` means by machine, group or category, whichever the account has. Without it, the dashboard chooses what says
   * most.
   */
  readonly stackBy?: StackBy;
  readonly form: Readonly<Record<Granularity, ChartForm>>;
  /** How many of them are shown separately; the rest is drawn as one. */
  readonly top: number;
  /** Whether the previous period is drawn as a dashed line. */
  readonly previous: boolean;
  /** Meters of the first and second chart; a chart without the chosen meter shows its own first one. */
  readonly computeMeter: MeterId;
  readonly storageMeter: MeterId;
  /** Whether the table of the first and second chart is open, and that of the duty map. */
  readonly computeTable: boolean;
  readonly storageTable: boolean;
  readonly dutyTable: boolean;
  /** Whether the duty map is shown, which needs the hours of every day. */
  readonly duty: boolean;
  /** The reports that are open. */
  readonly reports: readonly ReportId[];
  /** The text to search for in the trail of metering buckets: part of any id. */
  readonly trailSearch: string;
}

export const STACKINGS = ['machine', 'shape'] as const;
export type StackBy = (typeof STACKINGS)[number];

/** Values offered for {@link Choices.top}. */
export const TOPS = [3, 5, 7, 10, 15, 20] as const;

export const DEFAULT_CHOICES: Choices = {
  range: { kind: 'thisMonth' },
  granularity: 'day',
  form: { hour: 'area', day: 'bars' },
  top: 7,
  previous: false,
  computeMeter: 'awake_seconds',
  storageMeter: 'storage_mib_seconds',
  computeTable: false,
  storageTable: false,
  dutyTable: false,
  duty: false,
  reports: [],
  trailSearch: '',
};

/** The choice that opens a table. */
export function tableChoice(of: Chart['id'] | 'duty'): 'computeTable' | 'storageTable' | 'dutyTable' {
  return `${of}Table`;
}

/** No id is longer than this. */
const LONGEST_SEARCH = 200;

/** A change of choices from the page. `null` ends the zoom. */
export type ChoicesChange = Partial<Omit<Choices, 'zoom'>> & { readonly zoom?: Period | null };

/** A new range starts without zoom. */
export function changeChoices(before: Choices, { zoom, ...change }: ChoicesChange): Choices {
  const { zoom: oldZoom, ...rest } = { ...before, ...change };
  const kept = change.range === undefined ? oldZoom : undefined;
  const next = zoom === undefined ? kept : (zoom ?? undefined);
  return { ...rest, ...(next === undefined ? {} : { zoom: next }) };
}

/** Reads untrusted choices, from the page or from VS Code's stored state; invalid parts are left out. */
export function readChoices(value: unknown): ChoicesChange {
  if (!isRecord(value)) {
    return {};
  }
  const { range, zoom, granularity, stackBy, form, top, previous, computeMeter, storageMeter } = value;
  const { computeTable, storageTable, dutyTable, duty, reports, trailSearch } = value;
  return defined({
    range: readRange(range),
    zoom: zoom === null ? null : readPeriod(zoom),
    granularity: oneOf(['hour', 'day'] as const, granularity),
    stackBy: oneOf(STACKINGS, stackBy),
    form: readForm(form),
    top: oneOf(TOPS, top),
    previous: readFlag(previous),
    computeMeter: readMeter(computeMeter),
    storageMeter: readMeter(storageMeter),
    computeTable: readFlag(computeTable),
    storageTable: readFlag(storageTable),
    dutyTable: readFlag(dutyTable),
    duty: readFlag(duty),
    reports: Array.isArray(reports) ? REPORTS.filter((id) => reports.includes(id)) : undefined,
    trailSearch: typeof trailSearch === 'string' ? trailSearch.slice(0, LONGEST_SEARCH) : undefined,
  });
}

function readRange(value: unknown): RangeChoice | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, first, last } = value;
  if (kind === 'thisMonth' || kind === 'lastMonth' || kind === 'last7Days' || kind === 'last30Days') {
    return { kind };
  }
  return kind === 'dates' && typeof first === 'string' && typeof last === 'string' && isDateRange(first, last)
    ? { kind, first, last }
    : undefined;
}

function readPeriod(value: unknown): Period | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { start, end } = value;
  return isInstant(start) && isInstant(end) && start < end ? { start, end } : undefined;
}

/** Whole milliseconds that a Date can hold. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15;
}

function readForm(value: unknown): Choices['form'] | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const [hour, day] = [value['hour'], value['day']].map((form) => oneOf(['bars', 'area'] as const, form));
  return hour === undefined || day === undefined ? undefined : { hour, day };
}

function readFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function readMeter(value: unknown): MeterId | undefined {
  return typeof value === 'string' && isMeterId(value) ? value : undefined;
}

function oneOf<T>(all: readonly T[], value: unknown): T | undefined {
  return all.find((own) => own === value);
}

function defined<T extends object>(all: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
