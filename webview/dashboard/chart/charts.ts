import {
  BarController,
  BarElement,
  Chart as ChartJs,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js';
import { PICTURE_SHARPNESS } from '../parts/picture';
import { type DatasetKind, datasets, timeAxis, valueAxis } from './datasets';
import { barWidth, type Drawing } from './drawing';
import { drawBehind, drawInFront } from './overlays';
import type { Plot } from './place';
import { type Point, seriesAt } from './stack';

ChartJs.register(BarController, BarElement, Filler, LineController, LineElement, LinearScale, PointElement);

type Contents = Pick<ChartConfiguration<DatasetKind, Point[]>, 'data' | 'options'>;

/**
 * Usage over time as stacked bars or areas, drawn by Chart.js without its legend, tooltip and animation. The stacking is
 * ours: each series is filled from zero to its edge, outermost first, so that an unknown slot is a gap in all of them, and
 * there is no seam between two areas. Negative values hang below zero.
 */
export class UsageChart {
  private drawing: Drawing;
  private readonly chart: ChartJs<DatasetKind, Point[]>;

  /**
   * `moved` is called when the slots have moved because the page's width changed. Without it, the drawing is for a
   * picture: as large as the canvas, in CSS pixels.
   */
  constructor(
    canvas: HTMLCanvasElement,
    drawing: Drawing,
    private readonly moved?: () => void,
  ) {
    this.drawing = drawing;
    this.chart = new ChartJs(canvas, {
      type: 'line',
      ...this.contents(),
      plugins: [
        {
          id: 'overlays',
          beforeDatasetsDraw: (chart: ChartJs) => {
            drawBehind(chart.ctx, this.drawing, plotOf(chart, this.drawing));
          },
          afterDatasetsDraw: (chart: ChartJs) => {
            drawInFront(chart.ctx, this.drawing, plotOf(chart, this.drawing), chart.scales['y']);
          },
        },
      ],
    });
  }

  draw(drawing: Drawing): void {
    this.drawing = drawing;
    const { data, options } = this.contents();
    this.chart.data = data;
    this.chart.options = options ?? {};
    if (this.chart.currentDevicePixelRatio !== window.devicePixelRatio) {
      this.chart.resize();
    }
    this.chart.update('none');
  }

  /** Where the slots of the axis stand. */
  plot(): Plot {
    return plotOf(this.chart, this.drawing);
  }

  /** The series drawn at a point, in CSS pixels from the canvas's corner; undefined if none. */
  seriesAt(left: number, top: number): number | undefined {
    const { chart, layers } = this.drawing;
    const x = this.chart.scales['x']?.getValueForPixel(left) ?? NaN;
    const y = this.chart.scales['y']?.getValueForPixel(top) ?? NaN;
    const slotWidth = this.plot().width / chart.starts.length;
    const fromMiddle = Math.abs(x - Math.floor(x) - 0.5) * slotWidth;
    const besideBar = chart.form === 'bars' && fromMiddle > barWidth(chart, slotWidth) / 2;
    return besideBar ? undefined : seriesAt(layers, chart, { x, y });
  }

  /** A copy of the drawing, sharp enough for a picture. */
  picture(): HTMLCanvasElement {
    const { width, height } = this.chart;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const drawn = new UsageChart(canvas, this.drawing);
    // A copy, since `dispose` makes Chart.js clear its canvas.
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.style.width = `${width}px`;
    copy.getContext('2d')?.drawImage(canvas, 0, 0);
    drawn.dispose();
    return copy;
  }

  dispose(): void {
    this.chart.destroy();
  }

  private contents(): Contents {
    return {
      data: { datasets: datasets(this.drawing) },
      options: {
        animation: false,
        normalized: true,
        parsing: false,
        events: [],
        layout: { padding: { top: 8, right: 2 } },
        scales: { x: timeAxis(this.drawing), y: valueAxis(this.drawing) },
        ...(this.moved
          ? { responsive: true, maintainAspectRatio: false, onResize: this.moved }
          : { responsive: false, devicePixelRatio: PICTURE_SHARPNESS }),
      },
    };
  }
}

function plotOf({ chartArea }: Pick<ChartJs, 'chartArea'>, { chart }: Drawing): Plot {
  const { left, top, width, height } = chartArea;
  return { left, top, width, height, slots: chart.starts.length };
}
