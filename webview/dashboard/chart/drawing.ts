import type { Chart } from '../../../src/protocol/chart';
import type { DashboardView } from '../../../src/protocol/messages';
import { inDisplayUnit } from '../../../src/usage/format';
import type { Language } from '../parts/speech';
import type { Theme } from '../parts/theme';
import { type ChartModel, createChartModel, selectedSeries } from './chartModel';
import { type SeriesPaint, seriesPaints } from './paint';
import { type Edge, type Layer, netEdge, stackLayers } from './stack';

/** All that one drawing of a chart needs. */
export interface Drawing {
  readonly chart: Chart;
  readonly model: ChartModel;
  readonly layers: readonly Layer[];
  /** The net value of the stack where it has parts above and below zero. */
  readonly net: Edge;
  /** The previous period's total over the slots of the axis. */
  readonly previous: Edge | undefined;
  readonly paints: readonly SeriesPaint[];
  /** The series that stands out. */
  readonly selected: number | undefined;
  readonly theme: Theme;
  readonly language: Language;
}

export function createDrawing(
  chart: Chart,
  view: Pick<DashboardView, 'selected'>,
  theme: Theme,
  language: Language,
): Drawing {
  const model = createChartModel(chart);
  const selected = selectedSeries(chart, view.selected?.subjectId);
  const layers = stackLayers(model, chart.meter);
  return {
    chart,
    model,
    layers,
    net: netEdge(layers),
    previous: chart.previous?.values.map((value) => inDisplayUnit(value, chart.meter)),
    paints: seriesPaints(chart.series, selected, theme),
    selected,
    theme,
    language,
  };
}

/** For text in a drawing, in CSS pixels. */
export const DRAWING_FONT_SIZE = 11;

/** A bar's share of its slot, and its maximum width in CSS pixels. */
export const BAR_SHARE = 0.8;
export const BAR_LIMIT = 48;

/** Whether there are too many slots for a space between bars, or for a line between areas. */
export function isDense({ starts }: Chart): boolean {
  return starts.length > DENSE;
}

const DENSE = 120;

/** In CSS pixels, as `slotWidth` is. */
export function barWidth(chart: Chart, slotWidth: number): number {
  return isDense(chart) ? slotWidth : Math.min(slotWidth * BAR_SHARE, BAR_LIMIT);
}
