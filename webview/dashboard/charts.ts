import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  type ChartConfiguration,
  LinearScale,
} from 'chart.js';
import type { Chart } from '../../src/protocol/messages';
import { inDisplayUnit } from '../../src/usage/format';
import type { UtcDay } from '../../src/usage/time';
import type { ChartModel } from './chartModel';
import type { SeriesPaint } from './paint';
import { createTickFormat, niceScale } from './scale';
import type { Language } from './speech';
import type { Theme } from './theme';

ChartJs.register(BarController, BarElement, CategoryScale, LinearScale);

type Bars = ChartJs<'bar', (number | null)[], string>;
type BarsConfiguration = ChartConfiguration<'bar', (number | null)[], string>;

/** All that one drawing needs. */
export interface Drawing {
  readonly chart: Chart;
  readonly model: ChartModel;
  /** The days of the axis, which may go on after the days of the chart. */
  readonly axis: readonly UtcDay[];
  readonly paints: readonly SeriesPaint[];
  readonly theme: Theme;
  readonly language: Language;
}

/** Where a day stands on the page: its column, in CSS pixels from the canvas's corner. */
export interface Column {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

const AXIS_FONT_SIZE = 11;

/** Stacked bars, one a day, drawn by Chart.js without its legend, tooltip and animation. */
export class UsageBars {
  private drawing: Drawing;
  private readonly bars: Bars;

  /** `moved` is called when the columns have other places, because the page has another width. */
  constructor(
    canvas: HTMLCanvasElement,
    drawing: Drawing,
    private readonly moved: () => void,
  ) {
    this.drawing = drawing;
    this.bars = new ChartJs(canvas, {
      type: 'bar',
      ...contents(drawing, moved),
      plugins: [
        {
          id: 'marks',
          afterDatasetsDraw: (bars: ChartJs) => {
            drawMarks(bars, this.drawing);
          },
        },
      ],
    });
  }

  draw(drawing: Drawing): void {
    this.drawing = drawing;
    const { data, options } = contents(drawing, this.moved);
    this.bars.data = data;
    this.bars.options = options ?? {};
    this.bars.update('none');
  }

  /** The day under a point, `x` in CSS pixels from the canvas's left edge; undefined beside the days of the chart. */
  dayAt(x: number): number | undefined {
    const { left, right } = this.bars.chartArea;
    const day = this.bars.scales['x']?.getValueForPixel(x);
    return day !== undefined && x >= left && x <= right && day < this.drawing.model.dayTotals.length
      ? Math.max(0, day)
      : undefined;
  }

  column(day: number): Column {
    const { left, width, top, height } = this.bars.chartArea;
    const columnWidth = width / this.drawing.axis.length;
    return { left: left + day * columnWidth, width: columnWidth, top, height };
  }

  dispose(): void {
    this.bars.destroy();
  }
}

function contents(
  { chart, model, axis, paints, theme, language }: Drawing,
  moved: () => void,
): Pick<BarsConfiguration, 'data' | 'options'> {
  const { formats, locale } = language;
  const peak = model.peakDay === undefined ? undefined : model.dayTotals[model.peakDay];
  const scale = niceScale(peak ? inDisplayUnit(peak.amount, chart.meter) : 0);
  const tick = createTickFormat(locale, (value) => formats.number(value));
  const font = { family: theme.font, size: AXIS_FONT_SIZE };
  return {
    data: {
      labels: axis.map((day) => formats.dayOfMonth(day)),
      datasets: chart.series.map((series, index) => {
        const paint = paints[index];
        return {
          label: series.label,
          data: (model.cells[index] ?? []).map((cell) =>
            cell === undefined ? null : inDisplayUnit(cell, chart.meter),
          ),
          backgroundColor: chart.days.map((_, day) => (day === chart.openDay ? paint?.open : paint?.closed)),
          borderColor: paint?.outline ?? theme.background,
          borderWidth: theme.highContrast ? 1 : { top: 1 },
          borderSkipped: false,
        };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      events: [],
      onResize: moved,
      layout: { padding: { top: 8, right: 2 } },
      datasets: { bar: { categoryPercentage: 0.9, barPercentage: 0.88, maxBarThickness: 40 } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: theme.gridLine },
          ticks: { color: theme.muted, font, maxRotation: 0, autoSkipPadding: 6, padding: 2 },
        },
        y: {
          stacked: true,
          min: 0,
          max: scale.max,
          grid: { color: theme.gridLine, drawTicks: false },
          border: { display: false },
          ticks: {
            color: theme.muted,
            font,
            padding: 8,
            stepSize: scale.step,
            callback: (value) => tick(Number(value)),
          },
        },
      },
    },
  };
}

/** What bars cannot say: that a day's figure is not known, or known in part, and in high contrast which day is open. */
function drawMarks(bars: ChartJs, { chart, model, axis, theme }: Drawing): void {
  const { ctx: context, chartArea, scales } = bars;
  const valueAxis = scales['y'];
  if (!valueAxis) {
    return;
  }
  const columnWidth = chartArea.width / axis.length;
  const topOf = (day: number): number =>
    valueAxis.getPixelForValue(inDisplayUnit(model.dayTotals[day]?.amount ?? 0, chart.meter));
  context.save();
  context.fillStyle = theme.muted;
  context.font = `${AXIS_FONT_SIZE}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  model.dayTotals.forEach((reading, day) => {
    if (day !== chart.openDay && !reading?.whole) {
      context.fillText('?', chartArea.left + (day + 0.5) * columnWidth, topOf(day) - 2);
    }
  });
  if (theme.highContrast && chart.openDay !== undefined && model.dayTotals[chart.openDay]) {
    const top = topOf(chart.openDay);
    context.strokeStyle = theme.foreground;
    context.lineWidth = 2;
    context.setLineDash([4, 3]);
    context.strokeRect(
      chartArea.left + chart.openDay * columnWidth + 1,
      top - 2,
      columnWidth - 2,
      chartArea.bottom - top + 2,
    );
  }
  context.restore();
}
