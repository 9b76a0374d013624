import { metersFor } from '../../../insights/month/monthFigure';
import type { Chart, ChartSeries } from '../../../protocol/chart';
import { type Choices, tableChoice } from '../../../protocol/choices';
import type { ChartPlan, ProviderCapabilities } from '../../../providers/capabilities';
import type { AccountUsage } from '../../../store/accountUsage';
import type { DayCache } from '../../../store/dayCache';
import type { Account } from '../../../usage/account';
import { askedPart, type BreakdownId, kindOf } from '../../../usage/breakdownId';
import type { MachineShape } from '../../../usage/bucket';
import type { UsageColumns } from '../../../usage/columns/columns';
import {
  byMachine,
  type Grouping,
  type Series,
  stackedSeries,
  totalSeries,
} from '../../../usage/columns/series';
import { byShape, ShapeHistory } from '../../../usage/columns/shapes';
import type { Slots } from '../../../usage/columns/slots';
import { type MeterId, meterOf } from '../../../usage/meter';
import { type Granularity, lengthOf, slotsOf } from '../../../usage/range';
import { displayText } from '../../../usage/text';
import { dayPeriod, type EpochMs, monthToDate, type Period, type UtcDay } from '../../../usage/time';
import {
  type Blocks,
  blocksOf,
  type ChartMeters,
  chartMeters,
  chosenMeter,
  columnsOf,
  partOf,
  someColumns,
} from './chartSource';
import { chartTable } from './chartTable';
import {
  firstDayWithRows,
  hasLongBuckets,
  knownUntil,
  measuredThrough,
  newestDay,
  openFrom,
} from './chartTimes';
import type { ChartColours } from './colourNumbers';
import { checkDays, type DaysCheck } from './dailySumCheck';
import { daysUntil, type Shown, slotsIn } from './shownPeriod';

/** Words that the caller provides in the user's language. */
export interface ChartWords {
  readonly title: (meter: MeterId) => string;
  /** A meter's name among its chart's. */
  readonly meter: (meter: MeterId) => string;
  /** The name of a machine, group or category, safe for one line. */
  readonly subject: (capabilities: ProviderCapabilities, account: Account, id: string) => string;
  readonly others: string;
  readonly shape: (shape: MachineShape, withDisk: boolean) => string;
  readonly unknownShape: string;
  readonly previous: (period: Period) => string;
  /** What the plan includes: as a level or, summed, in each slot of so many hours. */
  readonly allowance: (gib: number, hours: number | undefined) => string;
  /** Names the meter, because several charts of a page may show this sentence. */
  readonly noUsage: (meter: MeterId) => string;
  /** The same, for the only part of the period that is known. */
  readonly noUsageRead: (meter: MeterId) => string;
  readonly notRead: string;
  /** Says what the figures are, as of when, and for which account. */
  readonly provenance: (account: Account, askedAt: EpochMs | undefined) => string;
  /** Who measured, and what it is not. */
  readonly metered: (subject: ProviderCapabilities['subject']) => string;
  /** The rule that determines the unit of money; empty for other meters. */
  readonly money: (meter: MeterId, account: Account) => readonly string[];
  /** That the vendor gives nothing shorter than a day, though hours were chosen. */
  readonly daysOnly: string;
  readonly longBuckets: string;
  readonly shapeAtTheTime: string;
  /** Why nothing is stacked by machine yet, and how to. */
  readonly startsByShape: string;
  /** That there is usage in other units, which the chart leaves out. */
  readonly elsewhere: (meters: readonly MeterId[]) => string;
  readonly dailySumCheck: string;
  readonly daysCheck: (check: DaysCheck, meter: MeterId) => string;
  readonly daysMissing: (count: number) => string;
  /** No row before this day, older than vendors promise to keep: unknown, not zero. */
  readonly nothingBefore: (day: UtcDay) => string;
}

/** Choices with which everything can be drawn. */
export type StackedChoices = Choices & Required<Pick<Choices, 'stackBy'>>;

export interface ChartInput {
  readonly account: Account;
  readonly capabilities: ProviderCapabilities;
  readonly usage: AccountUsage;
  readonly dayCache: DayCache;
  /** Stacked only by what the vendor supports. */
  readonly choices: StackedChoices;
  readonly shown: Shown;
  readonly selected: string | undefined;
  readonly now: EpochMs;
  readonly words: ChartWords;
  /** Shared by all charts, and kept from view to view. */
  readonly colours: ChartColours;
}

/** The charts of an account's capabilities; optional ones only if they have usage. */
export function planCharts(input: ChartInput): Chart[] {
  const charts = input.capabilities.charts.flatMap((own) => planChart(input, own) ?? []);
  const named = charts.flatMap(({ series }) => series.filter(({ kind }) => kind !== 'others'));
  const colours = input.colours[input.choices.stackBy].of(named.map(({ key }) => key));
  return charts.map((own) => ({
    ...own,
    series: own.series.map((series) => ({ ...series, colour: colours.get(series.key) ?? 0 })),
  }));
}

function planChart(input: ChartInput, own: ChartPlan): Chart | undefined {
  const source = sourceOf(input, own);
  if (source === undefined) {
    return undefined;
  }
  const drawn = chart(input, source, planNotes(input, own, source));
  const allowance = own.id === 'storage' ? allowanceOf(input, source) : undefined;
  return allowance === undefined ? drawn : { ...drawn, allowance };
}

/** Undefined for an optional chart without usage. */
export function sourceOf(input: ChartInput, own: ChartPlan): Source | undefined {
  const { choices, shown, dayCache, capabilities, account, usage } = input;
  const part = partOf(own, shown.granularity, capabilities, account);
  const blocks = blocksOf(dayCache, part, shown.days);
  const columns = columnsOf(blocks);
  const ofMonth = typeof own.meters === 'string' ? metersFor(usage, own.meters)[0] : undefined;
  const meters = chartMeters(own, chosenMeter(own, choices), columns, ofMonth);
  const isThere = someColumns(columns, ({ amounts }) => meters.offered.some((meter) => amounts.has(meter)));
  const isOfMonth = meters.offered.some((meter) => usage.summary.value?.used?.[meter] !== undefined);
  if (own.optional && ofMonth === undefined && !isOfMonth && !isThere) {
    return undefined;
  }
  const granularity = granularityOf(input, own, part, blocks);
  return {
    ...{ id: own.id, part, granularity, blocks, meters },
    ...stacking(input, part, columns),
    measuredThrough: kindOf(part) === 'compute' ? measuredThrough(blocks) : undefined,
  };
}

/** How a chart differs from what was chosen, and where its figures come from. */
function planNotes(input: ChartInput, own: ChartPlan, { part, granularity, meters }: Source): string[] {
  const { choices, shown, account, words } = input;
  const byDay = own.hours === undefined ? words.daysOnly : words.longBuckets;
  const byShapes = choices.stackBy === 'shape' && kindOf(part) !== 'compute';
  return [
    ...(granularity === shown.granularity ? [] : [byDay]),
    ...(byShapes ? [words.shapeAtTheTime] : []),
    ...(own.origin === 'madeOfDays' ? daysNotes(input, part, meters.shown) : []),
    ...(meters.elsewhere.length > 0 ? [words.elsewhere(meters.elsewhere)] : []),
    ...words.money(meters.shown, account),
  ];
}

/** What one chart is drawn from. */
export interface Source {
  readonly id: Chart['id'];
  readonly part: BreakdownId;
  readonly granularity: Granularity;
  readonly blocks: Blocks;
  readonly meters: ChartMeters;
  readonly groupBy: Grouping;
  readonly shapes: ShapeHistory;
  readonly measuredThrough: EpochMs | undefined;
}

/** Buckets of the vendor's own length may be too long for hours. */
function granularityOf(
  { capabilities, shown }: ChartInput,
  { hours }: ChartPlan,
  part: BreakdownId,
  blocks: Blocks,
): Granularity {
  if (shown.granularity === 'day' || part !== hours) {
    return 'day';
  }
  const isOwnLength = capabilities.parts[askedPart(part)]?.days !== undefined;
  return isOwnLength && hasLongBuckets(blocks) ? 'day' : 'hour';
}

/** Compute rows have their own shape; storage rows take the one their machine had then. */
function stacking(
  { choices, dayCache, shown, usage }: ChartInput,
  part: BreakdownId,
  columns: Iterable<UsageColumns>,
): Pick<Source, 'groupBy' | 'shapes'> {
  if (choices.stackBy === 'machine') {
    return { groupBy: byMachine, shapes: new ShapeHistory([], []) };
  }
  if (kindOf(part) === 'compute') {
    return { groupBy: byShape, shapes: new ShapeHistory(columns, []) };
  }
  const shapes = new ShapeHistory(computeOf(dayCache, shown.days), usage.machines.value ?? []);
  return { groupBy: shapes.byShapeOfMachine, shapes };
}

function* computeOf(dayCache: DayCache, days: readonly UtcDay[]): Generator<UsageColumns> {
  yield* columnsOf(blocksOf(dayCache, 'computeDays', days));
  yield* columnsOf(blocksOf(dayCache, 'computeHours', days));
}

/** Notes on a series that the vendor does not give and, for the month to date, the vendor's own sum. */
function daysNotes(
  { choices, shown, usage, dayCache, now, words }: ChartInput,
  part: BreakdownId,
  meter: MeterId,
): string[] {
  const { start, end } = shown.period;
  const isMonth =
    choices.range.kind === 'thisMonth' &&
    start === shown.range.period.start &&
    end === shown.range.period.end &&
    usage.period.end === monthToDate(now).end;
  const check = isMonth ? checkDays(usage, dayCache, part, meter) : undefined;
  return [words.dailySumCheck, ...(check === undefined ? [] : [words.daysCheck(check, meter)])];
}

function chart(input: ChartInput, source: Source, notes: readonly string[]): Chart {
  const { shown, choices, words, now, selected, capabilities, account } = input;
  const { id, meters, granularity, blocks } = source;
  const slots = slotsIn(shown.period, granularity);
  const starts = slotsOf(shown.period, granularity);
  const begun = starts.filter((start) => start <= now).length;
  const firstKept = firstDayWithRows(blocks, now);
  const open = newestDay(blocks);
  const known = knownSlots(input, source, meters.shown);
  const query = {
    ...{ blocks: columnsOf(blocks), meter: meters.shown, slots, groupBy: source.groupBy },
    always: choices.stackBy === 'machine' ? selected : undefined,
  };
  const series = stackedSeries({ ...query, top: choices.top }).map((own) =>
    toChartSeries(own, known, input, source.shapes),
  );
  const missing = [...blocks].filter(
    ([day, block]) => block === undefined || (day !== open && block.asOf < dayPeriod(day).end),
  ).length;
  const previous = choices.previous ? previousLine(input, source, slots) : undefined;
  return {
    id,
    title: words.title(meters.shown),
    meter: meters.shown,
    meters: meters.offered.map((meter) => ({ id: meter, label: words.meter(meter) })),
    granularity,
    form: choices.form[granularity],
    starts,
    begun,
    openFrom: openFrom(starts, begun, slots.length, source, now),
    series,
    ...(choices[tableChoice(id)]
      ? { table: chartTable(query, known.slice(0, begun), (key) => nameOf(key, input, source.shapes)) }
      : {}),
    ...(previous === undefined ? {} : { previous }),
    provenance: words.provenance(account, newestOf(blocks)),
    source: words.metered(capabilities.subject),
    notes: [
      ...notes,
      ...(missing > 0 ? [words.daysMissing(missing)] : []),
      ...(firstKept === undefined ? [] : [words.nothingBefore(firstKept)]),
    ],
    ...(series.length > 0 ? {} : { empty: emptyWords(known.slice(0, begun), meters.shown, words) }),
  };
}

/** For each slot of a chart, whether a meter's figure in it is known; false for slots to come. */
export function knownSlots(
  { shown, now }: Pick<ChartInput, 'shown' | 'now'>,
  { blocks, granularity }: Source,
  meter: MeterId,
): boolean[] {
  const isKnown = knownUntil({
    ...{ blocks, meter, length: lengthOf(granularity) },
    firstKept: firstDayWithRows(blocks, now),
    openDay: newestDay(blocks),
  });
  return Array.from(slotsOf(shown.period, granularity), (start) => start <= now && isKnown(start));
}

/** Says that nothing was used only for what was read. */
export function emptyWords(
  known: readonly boolean[],
  meter: MeterId,
  { noUsage, noUsageRead, notRead }: Pick<ChartWords, 'noUsage' | 'noUsageRead' | 'notRead'>,
): string {
  if (!known.includes(true)) {
    return notRead;
  }
  return known.includes(false) ? noUsageRead(meter) : noUsage(meter);
}

/** The newest request time of the days; earlier days are mostly over and do not change. */
export function newestOf(blocks: Blocks): EpochMs | undefined {
  const times = [...blocks.values()].flatMap((block) => block?.asOf ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

function toChartSeries(
  { key, values, exact }: Series,
  known: readonly boolean[],
  input: ChartInput,
  shapes: ShapeHistory,
): ChartSeries {
  const shown = values.map((value, slot) => (known[slot] === true ? value : Number.NaN));
  return {
    ...nameOf(key, input, shapes),
    values: shown,
    colour: 0,
    ...(exact === undefined ? {} : { exact }),
  };
}

function nameOf(
  key: string | undefined,
  { account, capabilities, choices, words }: ChartInput,
  { shapes }: ShapeHistory,
): Pick<ChartSeries, 'key' | 'label' | 'kind'> {
  if (key === undefined) {
    return { key: '', kind: 'others', label: words.others };
  }
  return choices.stackBy === 'machine'
    ? { key, kind: 'machine', label: words.subject(capabilities, account, key) }
    : { key, kind: 'shape', label: shapeLabel(shapes.get(key), shapes, words) };
}

/** The numbers that people know a shape by, and its disk if two shapes differ only in that. */
function shapeLabel(
  shape: MachineShape | undefined,
  all: ReadonlyMap<string, MachineShape>,
  words: ChartWords,
): string {
  if (shape === undefined) {
    return words.unknownShape;
  }
  const alike = [...all.values()].filter((own) => words.shape(own, false) === words.shape(shape, false));
  const twins = alike.filter((own) => own.storageGib === shape.storageGib);
  const label = words.shape(shape, alike.length > 1);
  return twins.length > 1 ? displayText(`${label} (${shape.fingerprint})`) : label;
}

function previousLine(
  { dayCache, shown, words, now }: ChartInput,
  { part, meters, granularity }: Source,
  slots: Slots,
): Chart['previous'] {
  const period = shown.previous;
  const blocks = blocksOf(dayCache, part, daysUntil(period, now));
  const total = totalSeries({
    blocks: columnsOf(blocks),
    meter: meters.shown,
    slots: { ...slots, start: slotsIn(period, granularity).start },
  });
  const firstKept = firstDayWithRows(blocks, now);
  const { length } = slots;
  const isKnown = knownUntil({ blocks, meter: meters.shown, length, firstKept, openDay: undefined });
  const values = total.values.map((value, slot) => {
    const at = period.start + slot * length;
    return at < period.end && isKnown(at) ? value : Number.NaN;
  });
  return { label: words.previous(period), values };
}

function allowanceOf({ usage, words }: ChartInput, { granularity, meters }: Source): Chart['allowance'] {
  const included = usage.summary.value?.levels.included_storage_gib;
  if (included === undefined || included === 0) {
    return undefined;
  }
  const gib = Number(included);
  const { kind, display } = meterOf(meters.shown);
  const hours = kind === 'level' ? undefined : granularity === 'hour' ? 1 : 24;
  return { label: words.allowance(gib, hours), value: gib * (hours ?? 1) * display.per };
}
