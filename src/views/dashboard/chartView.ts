import type { Choices } from '../../protocol/choices';
import type { Chart, ChartSeries } from '../../protocol/messages';
import type { AccountUsage } from '../../store/accountUsage';
import type { DayBlock, History, HistoryPart } from '../../store/history';
import type { Account } from '../../usage/account';
import { aliasOf } from '../../usage/account';
import type { MachineShape } from '../../usage/bucket';
import type { UsageColumns } from '../../usage/columns';
import { METERS, type MeterId } from '../../usage/meter';
import { type Granularity, slotsOf } from '../../usage/range';
import { type Grouping, type Series, byMachine, stackedSeries, totalSeries } from '../../usage/series';
import { ShapeHistory, byShape } from '../../usage/shapes';
import type { Slots } from '../../usage/slots';
import { displayText } from '../../usage/text';
import { DAY, type EpochMs, HOUR, type Period, type UtcDay, startOfDay, utcDay } from '../../usage/time';
import { type Shown, daysUntil, slotsIn } from './shownPeriod';

/** Words that the caller, who knows the language, puts in. */
export interface ChartWords {
  readonly title: (meter: MeterId) => string;
  readonly others: string;
  readonly shape: (shape: MachineShape, withDisk: boolean) => string;
  readonly unknownShape: string;
  readonly previous: (period: Period) => string;
  readonly allowance: (gib: number) => string;
  readonly noUsage: string;
  readonly notRead: string;
  readonly metered: string;
  readonly storageByDay: string;
  readonly shapeAtTheTime: string;
  readonly daysMissing: (count: number) => string;
  /** No row before this day, which is longer ago than vendors promise to keep: unknown, not zero. */
  readonly nothingBefore: (day: UtcDay) => string;
}

export interface ChartInput {
  readonly account: Account;
  readonly usage: AccountUsage;
  readonly history: History;
  readonly choices: Choices;
  readonly shown: Shown;
  readonly selected: string | undefined;
  readonly now: EpochMs;
  readonly words: ChartWords;
  /** Numbers the colours of all charts. */
  readonly colours: Map<string, number>;
}

/** A vendor that measured less than this long ago is still measuring; later, machines sleep. */
const MEASURING = 3 * HOUR;

/** Days longer ago than this may no longer be kept by the vendor. */
const KEPT_FOR = 30 * DAY;

export function computeChart(input: ChartInput): Chart {
  const { choices, shown } = input;
  const part: HistoryPart = shown.granularity === 'hour' ? 'computeHours' : 'computeDays';
  const blocks = blocksOf(input.history, part, shown.days);
  return chart(input, {
    id: 'compute',
    meter: choices.computeMeter,
    part,
    granularity: shown.granularity,
    groupBy: choices.stackBy === 'machine' ? byMachine : byShape,
    shapes: new ShapeHistory(columnsOf(blocks), []),
    blocks,
    measuredThrough: measuredThrough(columnsOf(blocks)),
    notes: [],
  });
}

export function storageChart(input: ChartInput): Chart {
  const { choices, shown, history, usage, words } = input;
  const part = storagePart(shown.granularity);
  const blocks = blocksOf(history, part, shown.days);
  const long = columnsOf(blocks).some(({ start, end }) =>
    start.some((at, row) => (end[row] ?? 0) - at > HOUR),
  );
  const granularity = long ? 'day' : shown.granularity;
  const compute = [
    ...blocksOf(history, 'computeDays', shown.days),
    ...blocksOf(history, 'computeHours', shown.days),
  ];
  const shapes = new ShapeHistory(columnsOf(compute), usage.machines.value ?? []);
  const byShapes = choices.stackBy === 'shape';
  const drawn = chart(input, {
    id: 'storage',
    meter: choices.storageMeter,
    part,
    granularity,
    groupBy: byShapes ? shapes.byShapeOfMachine : byMachine,
    shapes,
    blocks,
    measuredThrough: undefined,
    notes: [
      ...(granularity === shown.granularity ? [] : [words.storageByDay]),
      ...(byShapes ? [words.shapeAtTheTime] : []),
    ],
  });
  const allowance = allowanceOf(input, granularity);
  return allowance === undefined ? drawn : { ...drawn, allowance };
}

/** The vendor's own buckets are only taken where their hours are drawn. */
export function storagePart(granularity: Granularity): HistoryPart {
  return granularity === 'hour' ? 'storage' : 'storageDays';
}

interface Plan {
  readonly id: Chart['id'];
  readonly meter: MeterId;
  readonly part: HistoryPart;
  readonly granularity: Granularity;
  readonly groupBy: Grouping;
  readonly shapes: ShapeHistory;
  readonly blocks: ReadonlyMap<UtcDay, DayBlock | undefined>;
  readonly measuredThrough: EpochMs | undefined;
  readonly notes: readonly string[];
}

function chart(input: ChartInput, plan: Plan): Chart {
  const { shown, choices, words, now, selected } = input;
  const { id, meter, granularity, blocks } = plan;
  const slots = slotsIn(shown.period, granularity);
  const starts = slotsOf(shown.period, granularity);
  const begun = starts.filter((start) => start <= now).length;
  const firstKept = firstDayWithRows(blocks, now);
  const asOfAt = (start: EpochMs): EpochMs => {
    const day = utcDay(start);
    return firstKept !== undefined && day < firstKept ? 0 : (blocks.get(day)?.asOf ?? 0);
  };
  const known = Array.from(starts, (start, slot) => slot < begun && start <= asOfAt(start));
  const series = stackedSeries({
    blocks: columnsOf(blocks),
    meter,
    slots,
    groupBy: plan.groupBy,
    top: choices.top,
    always: choices.stackBy === 'machine' ? selected : undefined,
  }).map((own) => toChartSeries(own, known, input, plan.shapes));
  const missing = [...blocks].filter(([, block]) => block === undefined).length;
  const previous = choices.previous ? previousLine(input, plan, slots) : undefined;
  return {
    id,
    title: words.title(meter),
    meter,
    granularity,
    form: choices.form[granularity],
    starts,
    begun,
    openFrom: openFrom(starts, begun, slots.length, plan, now),
    series,
    ...(previous === undefined ? {} : { previous }),
    notes: [
      words.metered,
      ...plan.notes,
      ...(missing > 0 ? [words.daysMissing(missing)] : []),
      ...(firstKept === undefined ? [] : [words.nothingBefore(firstKept)]),
    ],
    ...(series.length > 0 ? {} : { empty: known.includes(true) ? words.noUsage : words.notRead }),
  };
}

/** The first slot that will still grow: its end is after what the vendor had measured when it was asked. */
function openFrom(
  starts: Float64Array,
  begun: number,
  length: number,
  { blocks, measuredThrough }: Plan,
  now: EpochMs,
): number {
  const readAt = [...blocks.values()].reduce((most, block) => Math.max(most, block?.asOf ?? 0), 0);
  const asOf = Math.min(readAt, now);
  const through =
    measuredThrough !== undefined && asOf - measuredThrough < MEASURING
      ? Math.min(measuredThrough, asOf)
      : asOf;
  const first = starts.findIndex((start) => start + length > through);
  return first < 0 ? begun : Math.min(first, begun);
}

function toChartSeries(
  { key, values, exact }: Series,
  known: readonly boolean[],
  { account, choices, colours, words }: ChartInput,
  { shapes }: ShapeHistory,
): ChartSeries {
  const name = key ?? '';
  const shown = values.map((value, slot) => (known[slot] === true ? value : Number.NaN));
  const base = { key: name, values: shown, ...(exact === undefined ? {} : { exact }) };
  if (key === undefined) {
    return { ...base, kind: 'others', label: words.others, colour: 0 };
  }
  const colour = colours.get(key) ?? colours.size;
  colours.set(key, colour);
  if (choices.stackBy === 'machine') {
    return { ...base, kind: 'machine', label: displayText(aliasOf(account, key) ?? key), colour };
  }
  return { ...base, kind: 'shape', label: shapeLabel(shapes.get(key), shapes, words), colour };
}

/** The numbers that people know a shape by, and its disk where two shapes differ in that alone. */
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
  { history, shown, words, now }: ChartInput,
  { part, meter, granularity }: Plan,
  slots: Slots,
): Chart['previous'] {
  const period = shown.previous;
  const blocks = blocksOf(history, part, daysUntil(period, now));
  const total = totalSeries({
    blocks: columnsOf(blocks),
    meter,
    slots: { ...slots, start: slotsIn(period, granularity).start },
  });
  const firstKept = firstDayWithRows(blocks, now);
  const values = total.values.map((value, slot) => {
    const at = period.start + slot * slots.length;
    const day = utcDay(at);
    const asOf = blocks.get(day)?.asOf;
    const kept = firstKept === undefined || day >= firstKept;
    return at < period.end && kept && asOf !== undefined && at <= asOf ? value : Number.NaN;
  });
  return { label: words.previous(period), values };
}

function allowanceOf({ usage, choices, words }: ChartInput, granularity: Granularity): Chart['allowance'] {
  const included = usage.summary.value?.levels.included_storage_gib;
  if (included === undefined || included === 0) {
    return undefined;
  }
  const gib = Number(included);
  const { kind, display } = METERS[choices.storageMeter];
  const hours = granularity === 'hour' ? 1 : 24;
  return { label: words.allowance(gib), value: gib * (kind === 'level' ? 1 : hours) * display.per };
}

function blocksOf(
  history: History,
  part: HistoryPart,
  days: readonly UtcDay[],
): Map<UtcDay, DayBlock | undefined> {
  return new Map(days.map((day) => [day, history.block(part, day)]));
}

function columnsOf(blocks: Iterable<readonly [UtcDay, DayBlock | undefined]>): UsageColumns[] {
  return [...blocks].flatMap(([, block]) => (block === undefined ? [] : [block.columns]));
}

/** The end of the newest raw window; undefined where none is told. */
function measuredThrough(all: readonly UsageColumns[]): EpochMs | undefined {
  let newest: EpochMs | undefined;
  for (const { dataThrough } of all) {
    for (const at of dataThrough) {
      newest = at > (newest ?? 0) ? at : newest;
    }
  }
  return newest;
}

/**
 * Where the vendor's rows begin, when the days before are long ago and have none: they may be past what it keeps, so they
 * are unknown and not zero. Undefined when there is nothing to doubt.
 */
function firstDayWithRows(
  blocks: ReadonlyMap<UtcDay, DayBlock | undefined>,
  now: EpochMs,
): UtcDay | undefined {
  const read = [...blocks].filter(([, block]) => block !== undefined);
  const first = read.findIndex(([, block]) => (block?.columns.length ?? 0) > 0);
  const empty = read[0];
  const doubtful = empty !== undefined && startOfDay(empty[0]) < now - KEPT_FOR;
  if (!doubtful || first === 0) {
    return undefined;
  }
  const oldestKept = utcDay(now - KEPT_FOR);
  const firstDay = read[first]?.[0] ?? oldestKept;
  return firstDay < oldestKept ? firstDay : oldestKept;
}
