import type { ChartDataset, ChartOptions, Scale as ChartScale } from 'chart.js';
import { meterOf } from '../../../src/usage/meter';
import { type AxisLabel, axisLabels } from './axis';
import { BAR_LIMIT, BAR_SHARE, type Drawing, DRAWING_FONT_SIZE, isDense } from './drawing';
import { createTickFormat, niceScale } from './scale';
import { barPoints, type Edge, linePoints, type Point, reachOf } from './stack';

export type DatasetKind = 'bar' | 'line';
type Dataset = ChartDataset<DatasetKind, Point[]>;
type Axis = NonNullable<NonNullable<ChartOptions<DatasetKind>['scales']>[string]>;

/** What Chart.js draws, topmost first: the series from zero outwards, each split into closed and open slots. */
export function datasets(drawing: Drawing): Dataset[] {
  const { chart, layers, paints } = drawing;
  const part = chart.form === 'bars' ? bars : area;
  return layers.flatMap(({ upper, lower, hangs }, index) => {
    const paint = paints[index];
    if (!paint) {
      return [];
    }
    const { closed, open, outline } = paint;
    const standing = { edge: upper, outwards: 'top' } as const;
    const hanging = { edge: lower, outwards: 'bottom' } as const;
    return (hangs ? [standing, hanging] : [standing]).flatMap((own) => [
      part(drawing, { ...own, outline, fill: closed, from: 0, to: chart.openFrom }),
      part(drawing, { ...own, outline, fill: open, from: chart.openFrom, to: chart.begun }),
    ]);
  });
}

/** The slots `[from, to)` of a series, and how they are filled. */
interface Part {
  readonly edge: Edge;
  /** The side of the next series. */
  readonly outwards: 'top' | 'bottom';
  readonly from: number;
  readonly to: number;
  readonly fill: string | CanvasPattern;
  readonly outline: string;
}

function bars({ chart, theme }: Drawing, { edge, outwards, from, to, fill, outline }: Part): Dataset {
  const border = theme.highContrast ? 1 : { [outwards]: 1 };
  return {
    type: 'bar',
    // Points of closed slots reach the axis's end, because Chart.js derives bar widths from the space between points.
    data: barPoints(edge, from, to, from === 0 ? chart.starts.length : to),
    grouped: false,
    categoryPercentage: 1,
    ...(isDense(chart) ? { barPercentage: 1 } : { barPercentage: BAR_SHARE, maxBarThickness: BAR_LIMIT }),
    backgroundColor: fill,
    borderColor: outline,
    borderWidth: isDense(chart) ? 0 : border,
    borderSkipped: false,
  };
}

function area({ chart, theme }: Drawing, { edge, from, to, fill, outline }: Part): Dataset {
  return {
    type: 'line',
    data: linePoints(edge, from, to),
    fill: 'origin',
    backgroundColor: fill,
    borderColor: outline,
    borderWidth: isDense(chart) && !theme.highContrast ? 0 : 1,
    pointRadius: 0,
  };
}

/** Slots side by side; `x` counts them from the axis's start. */
export function timeAxis({ chart, theme, language }: Drawing): Axis {
  let labels: readonly AxisLabel[] = [];
  return {
    type: 'linear',
    min: 0,
    max: chart.starts.length,
    offset: false,
    grid: {
      drawOnChartArea: false,
      drawTicks: chart.granularity === 'hour',
      tickLength: 4,
      color: theme.muted,
    },
    border: { color: theme.gridLine },
    afterBuildTicks: (axis: ChartScale) => {
      labels = axisLabels(chart, axis.width, language);
      axis.ticks = labels.map(({ x }) => ({ value: x }));
    },
    ticks: {
      color: theme.muted,
      font: { family: theme.font, size: DRAWING_FONT_SIZE },
      maxRotation: 0,
      autoSkip: false,
      padding: 2,
      callback: (_, index) => [...(labels[index]?.lines ?? [])],
    },
  };
}

/** Includes zero and all that is drawn. */
export function valueAxis(drawing: Drawing): Axis {
  const { chart, layers, previous, theme, language } = drawing;
  const { formats, locale } = language;
  const allowance = (chart.allowance?.value ?? 0) / meterOf(chart.meter).display.per;
  const { highest, lowest } = reachOf(layers, [allowance, ...(previous ?? [])]);
  const scale = niceScale(highest, lowest);
  const tick = createTickFormat(locale, (value) => formats.number(value), scale.step);
  return {
    type: 'linear',
    min: scale.min,
    max: scale.max,
    grid: {
      // The zero line stands out if something hangs below it.
      color: ({ tick: { value } }: { tick: { value: number } }) =>
        value === 0 && scale.min < 0 ? theme.muted : theme.gridLine,
      drawTicks: false,
    },
    border: { display: false },
    ticks: {
      color: theme.muted,
      font: { family: theme.font, size: DRAWING_FONT_SIZE },
      padding: 8,
      stepSize: scale.step,
      callback: (value) => tick(Number(value)),
    },
  };
}
