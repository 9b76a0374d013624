import type { Chart, ChartSeries, DashboardStrings, DashboardView } from '../../src/protocol/messages';
import { compareAmounts } from '../../src/usage/amount';
import type { Formats } from '../../src/usage/format';
import { METERS } from '../../src/usage/meter';
import { displayText } from '../../src/usage/text';
import { type ChartModel, rounded } from './chartModel';

/** The reader's language: the host's words, and figures and times written the same way. */
export interface Language {
  readonly locale: string;
  readonly strings: DashboardStrings;
  readonly formats: Formats;
}

/** So many machines are named when a day is spoken; the table has them all. */
const SPOKEN_SERIES = 3;

/** Enough to tell machines apart; longer names are cut. */
const LABEL_LIMIT = 200;

/** The name of a series as it may stand on the page. */
export function seriesLabel(series: ChartSeries, strings: DashboardStrings): string {
  return displayText(series.label, LABEL_LIMIT) || strings[series.kind === 'others' ? 'others' : 'unknown'];
}

/** `h per UTC day`, or the bare unit of a level. */
export function unitLine(chart: Chart, strings: DashboardStrings): string {
  const meter = METERS[chart.meter];
  return meter.kind === 'level' ? meter.display.unit : `${meter.display.unit} ${strings.perDay}`;
}

/** What the figure of the whole chart is called. */
export function totalName(chart: Chart, strings: DashboardStrings): string {
  return METERS[chart.meter].kind === 'level' ? strings.latest : strings.total;
}

/** The chart in a few sentences: what an image's alternative text says. */
export function summarise(chart: Chart, model: ChartModel, month: number, language: Language): string {
  const { strings, formats } = language;
  const figure = (reading: ChartModel['total']): string =>
    rounded(reading, chart.meter, formats, strings.unknown);
  const parts = [
    `${chart.title}, ${unitLine(chart, strings)}, ${formats.month(month)}`,
    `${totalName(chart, strings)}: ${figure(model.total)}`,
  ];
  const largest = model.largest === undefined ? undefined : chart.series[model.largest];
  if (model.largest !== undefined && largest) {
    parts.push(
      `${strings.largest}: ${seriesLabel(largest, strings)}, ${figure(model.seriesTotals[model.largest])}`,
    );
  }
  const peak = model.peakDay === undefined ? undefined : chart.days[model.peakDay];
  if (model.peakDay !== undefined && peak !== undefined) {
    parts.push(`${strings.peakDay}: ${formats.day(peak)}, ${figure(model.dayTotals[model.peakDay])}`);
  }
  return sentences(parts);
}

/** One day of a chart: its total and the machines with the most. */
export function speakDay(chart: Chart, model: ChartModel, day: number, language: Language): string {
  const { strings, formats } = language;
  const parts = [
    dayName(chart, day, language),
    `${strings.total}: ${rounded(model.dayTotals[day], chart.meter, formats, strings.unknown)}`,
  ];
  const known = chart.series.flatMap((series, index) => {
    const amount = model.cells[index]?.[day];
    return amount === undefined || amount === 0 ? [] : [{ series, amount }];
  });
  known.sort((a, b) => compareAmounts(b.amount, a.amount));
  for (const { series, amount } of known.slice(0, SPOKEN_SERIES)) {
    parts.push(`${seriesLabel(series, strings)}: ${formats.rounded(amount, chart.meter)}`);
  }
  return sentences(parts);
}

/** `Fri 20 Nov`, and that the day is still going on; for a place that says UTC itself. */
export function dayLabel(chart: Chart, day: number, language: Language, zone = ''): string {
  const name = language.formats.day(chart.days[day] ?? '') + zone;
  return day === chart.openDay ? `${name}, ${language.strings.openDay}` : name;
}

/** `Fri 20 Nov UTC`, and that the day is still going on. */
export function dayName(chart: Chart, day: number, language: Language): string {
  return dayLabel(chart, day, language, ' UTC');
}

/** What changed from one view to the next that a person who does not see the page should hear; often nothing. */
export function speakChange(
  before: DashboardView | undefined,
  after: DashboardView,
  language: Language,
): string {
  const { strings, formats } = language;
  const parts: string[] = [];
  if (before && after.account && before.account?.id !== after.account.id) {
    parts.push(displayText(after.account.label, LABEL_LIMIT));
  }
  if (after.refreshing && !before?.refreshing) {
    parts.push(strings.refreshing);
  }
  if (before?.refreshing && !after.refreshing && after.asOf !== undefined) {
    parts.push(`${strings.asOf} ${formats.instant(after.asOf)}`);
  }
  const heard = new Set(before?.notices.map((notice) => notice.text));
  parts.push(...after.notices.map((notice) => notice.text).filter((text) => !heard.has(text)));
  return sentences(parts);
}

function sentences(parts: readonly string[]): string {
  return parts.map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`)).join(' ');
}
