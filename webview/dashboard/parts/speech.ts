import type { Chart, ChartSeries } from '../../../src/protocol/chart';
import type { DashboardView } from '../../../src/protocol/messages';
import type { Report } from '../../../src/protocol/report';
import type { DashboardStrings } from '../../../src/protocol/strings';
import type { Formats } from '../../../src/usage/format';
import { meterOf } from '../../../src/usage/meter';
import { bySize } from '../../../src/usage/order';
import { lengthOf } from '../../../src/usage/range';
import { displayText } from '../../../src/usage/text';
import { DAY, monthOf, type Period, utcDay } from '../../../src/usage/time';
import { type ChartModel, isLevel, rounded, roundedAverage, sumOfSlots } from '../chart/chartModel';
import { type Marked, periodOf } from '../chart/walk';

/** The reader's language: the host's words, and figures and times written the same way. */
export interface Language {
  readonly locale: string;
  readonly strings: DashboardStrings;
  readonly formats: Formats;
}

/** Maximum series named when a slot is spoken; the table has them all. */
const SPOKEN_SERIES = 3;

/** Enough to tell machines apart; longer names are cut. */
const LABEL_LIMIT = 200;

/** Longer than any sentence that we write. */
const REPORT_LIMIT = 1000;

/** The name of a series, safe for the page. */
export function seriesLabel(
  { label, kind }: Pick<ChartSeries, 'label' | 'kind'>,
  strings: DashboardStrings,
): string {
  return displayText(label, LABEL_LIMIT) || strings[kind === 'others' ? 'others' : 'unknown'];
}

/** `h per UTC day`, or the bare unit of a level. If the unit has no name, only the time. */
export function unitLine(chart: Chart, strings: DashboardStrings): string {
  const { unit } = meterOf(chart.meter).display;
  const perSlot = strings[chart.granularity === 'hour' ? 'perHour' : 'perDay'];
  return [unit, ...(isLevel(chart) ? [] : [perSlot])].filter((part) => part !== '').join(' ');
}

/** The name of the whole chart's figure. */
export function totalName(chart: Chart, strings: DashboardStrings): string {
  return isLevel(chart) ? strings.latest : strings.total;
}

/** `November 2026`, `1–20 Nov 2026`, or hours within them; for a place that says UTC itself. */
export function periodName({ start, end }: Period, formats: Formats): string {
  const month = monthOf(start);
  if (start === month.start && end === month.end) {
    return formats.month(start);
  }
  if (start % DAY === 0 && end % DAY === 0) {
    return formats.days(start, end);
  }
  const hours = formats.span(start, end);
  return utcDay(start) === utcDay(end - 1) ? `${formats.day(utcDay(start))} ${hours}` : hours;
}

/** The part of a chart's period that has begun: `Nov 1 – 18, 2026`. */
export function begunName({ starts, begun, granularity }: Chart, shown: Period, formats: Formats): string {
  const last = starts[begun - 1];
  const end = last === undefined ? shown.end : Math.min(shown.end, last + lengthOf(granularity));
  return periodName({ start: shown.start, end }, formats);
}

/** The chart in a few sentences: what an image's alternative text says. */
export function summarise(chart: Chart, model: ChartModel, shown: Period, language: Language): string {
  const { strings, formats } = language;
  const figure = (reading: ChartModel['total']): string =>
    rounded(reading, chart.meter, formats, strings.unknown);
  const parts = [
    `${chart.title}, ${unitLine(chart, strings)}, ${periodName(shown, formats)}`,
    `${totalName(chart, strings)}: ${figure(model.total)}`,
  ];
  if (model.average) {
    parts.push(`${strings.average}: ${roundedAverage(model.average, chart.meter, formats)}`);
  }
  const largest = model.largest === undefined ? undefined : chart.series[model.largest];
  if (model.largest !== undefined && largest) {
    parts.push(
      `${strings.largest}: ${seriesLabel(largest, strings)}, ${figure(model.seriesTotals[model.largest])}`,
    );
  }
  if (model.peak !== undefined) {
    parts.push(
      `${strings.peak}: ${slotLabel(chart, model.peak, language)}, ${figure(model.slotTotals[model.peak])}`,
    );
  }
  return sentences(parts);
}

/** One slot of a chart: its total, the largest series, and the previous period. */
export function speakSlot(chart: Chart, model: ChartModel, slot: number, language: Language): string {
  const { strings, formats } = language;
  const parts = [
    slotName(chart, slot, language),
    `${strings.total}: ${rounded(model.slotTotals[slot], chart.meter, formats, strings.unknown)}`,
  ];
  const known = chart.series.flatMap((series, index) => {
    const amount = model.cells[index]?.[slot];
    return amount === undefined || amount === 0 ? [] : [{ series, amount }];
  });
  known.sort((a, b) => bySize(a.amount, b.amount));
  for (const { series, amount } of known.slice(0, SPOKEN_SERIES)) {
    parts.push(`${seriesLabel(series, strings)}: ${formats.rounded(amount, chart.meter)}`);
  }
  if (chart.previous) {
    parts.push(`${displayText(chart.previous.label)}: ${previousFigure(chart, slot, language)}`);
  }
  return sentences(parts);
}

/** Slots that were marked, and their sum where there is one. */
export function speakMarked(
  chart: Chart,
  model: ChartModel,
  { first, last }: Marked,
  language: Language,
): string {
  const { strings, formats } = language;
  const sum = sumOfSlots(chart, model, first, last);
  const figure = sum && `${strings.total}: ${rounded(sum, chart.meter, formats, strings.unknown)}`;
  return sentences([markedName(chart, { first, last }, language), ...(figure === undefined ? [] : [figure])]);
}

/** The previous period's total in a slot, rounded. */
export function previousFigure(
  { previous, meter }: Chart,
  slot: number,
  { strings, formats }: Language,
): string {
  const value = previous?.values[slot] ?? NaN;
  return Number.isNaN(value) ? strings.unknown : formats.rounded(value, meter);
}

/** `Fri 20 Nov` or `Fri 20 Nov 14:00–15:00`, and whether it is not over yet; for a place that says UTC itself. */
function slotLabel(chart: Chart, slot: number, language: Language, zone = ''): string {
  const name = slotTime(chart, slot, language.formats) + zone;
  return slot >= chart.openFrom ? `${name}, ${language.strings.open}` : name;
}

/** The same with its zone: `Fri 20 Nov UTC`. */
export function slotName(chart: Chart, slot: number, language: Language): string {
  return slotLabel(chart, slot, language, ' UTC');
}

/** `Fri 20 Nov` or `Fri 20 Nov 14:00–15:00`. */
export function slotTime({ starts, granularity }: Chart, slot: number, formats: Formats): string {
  const start = starts[slot] ?? NaN;
  const day = formats.day(utcDay(start));
  return granularity === 'day' ? day : `${day} ${formats.span(start, start + lengthOf(granularity))}`;
}

export function markedName(chart: Chart, marked: Marked, { formats }: Language): string {
  return `${periodName(periodOf(chart, marked), formats)} UTC`;
}

/** What a screen reader should say about the change from one view to the next; often nothing. */
export function speakChange(
  before: DashboardView | undefined,
  after: DashboardView,
  language: Language,
): string {
  const { strings, formats } = language;
  const parts: string[] = [];
  if (before && after.account && shownAccount(before) !== shownAccount(after)) {
    parts.push(after.overview ? strings.allAccounts : displayText(after.account.label, LABEL_LIMIT));
  }
  if (before && after.account && !samePeriod(before.shown, after.shown)) {
    parts.push(`${periodName(after.shown, formats)} UTC`);
  }
  if (before && before.selected?.subjectId !== after.selected?.subjectId) {
    parts.push(
      after.selected
        ? `${strings.selected}: ${displayText(after.selected.label, LABEL_LIMIT)}`
        : strings.subjects[after.subject].all,
    );
  }
  if (after.refreshing && !before?.refreshing) {
    parts.push(strings.refreshing);
  }
  if (before?.refreshing && !after.refreshing && after.asOf !== undefined) {
    parts.push(`${strings.asOf} ${formats.instant(after.asOf)}`);
  }
  if (after.loading && !before?.loading) {
    parts.push(strings.loading);
  }
  if (before?.loading && !after.loading) {
    parts.push(strings.loaded);
  }
  if (before?.account?.id === after.account?.id) {
    parts.push(...speakReports(before?.reports ?? [], after.reports, language));
  }
  const heard = new Set(before?.notices.map((notice) => notice.text));
  parts.push(...after.notices.map((notice) => notice.text).filter((text) => !heard.has(text)));
  return sentences(parts);
}

/** The answer of a report that was opened, and how many rows a search has found. */
function speakReports(
  before: readonly Report[],
  after: readonly Report[],
  { strings, formats }: Language,
): string[] {
  return after.flatMap(({ id, summary, body }) => {
    const old = before.find((report) => report.id === id);
    if (!old || !body) {
      return [];
    }
    if (!old.body) {
      return [displayText(summary, REPORT_LIMIT)];
    }
    const rows = body.tables.reduce((sum, table) => sum + table.rows.length + table.more, 0);
    return old.body.search?.text === body.search?.text ? [] : [`${strings.rows}: ${formats.count(rows)}`];
  });
}

/** The id of the account that is shown; undefined for all of them. */
function shownAccount({ account, overview }: DashboardView): string | undefined {
  return overview ? undefined : account?.id;
}

function samePeriod(a: Period, b: Period): boolean {
  return a.start === b.start && a.end === b.end;
}

function sentences(parts: readonly string[]): string {
  return parts.map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`)).join(' ');
}
