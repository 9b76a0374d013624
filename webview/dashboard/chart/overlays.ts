import type { Scale } from 'chart.js';
import { meterOf } from '../../../src/usage/meter';
import { displayText } from '../../../src/usage/text';
import type { Theme } from '../parts/theme';
import { barWidth, type Drawing, DRAWING_FONT_SIZE, isDense } from './drawing';
import { type Unknown, unknownRuns } from './gaps';
import { allowancePaint, gapPaint, type LinePaint, netPaint, previousPaint } from './paint';
import { columnOf, type Plot } from './place';
import { type Edge, linePoints, type Point } from './stack';

type Context = CanvasRenderingContext2D;

/** Where to draw. */
interface Surface {
  readonly context: Context;
  readonly plot: Plot;
  /** The pixel of a height in display units. */
  readonly topOf: (height: number) => number;
}

/** The value axis, once it has been laid out. */
type Heights = Pick<Scale, 'getPixelForValue'> | undefined;

/** How much stronger than the others the outline of the selected series is in high contrast. */
const SELECTED_OUTLINE = 3;

/** What stands behind the series: hatching where nothing is known. */
export function drawBehind(context: Context, { chart, model, theme }: Drawing, plot: Plot): void {
  const gaps = unknownRuns(chart, model).filter(({ kind }) => kind === 'gap');
  if (gaps.length === 0) {
    return;
  }
  context.save();
  context.fillStyle = gapPaint(theme);
  for (const { first, last } of gaps) {
    const { left, top, width, height } = columnOf(plot, first, last);
    context.fillRect(left, top, width, height);
  }
  context.restore();
}

/** Draws what bars and areas cannot show. */
export function drawInFront(context: Context, drawing: Drawing, plot: Plot, heights: Heights): void {
  if (!heights) {
    return;
  }
  const topOf = (height: number): number => heights.getPixelForValue(height);
  const surface: Surface = { context, plot, topOf };
  context.save();
  context.font = `${DRAWING_FONT_SIZE}px ${drawing.theme.font}`;
  if (drawing.theme.highContrast) {
    frameOpen(surface, drawing);
    outlineSelected(surface, drawing);
  }
  drawNet(surface, drawing);
  drawPrevious(surface, drawing);
  drawAllowance(surface, drawing);
  for (const run of unknownRuns(drawing.chart, drawing.model)) {
    drawUnknown(surface, run, drawing);
  }
  context.restore();
}

/** A question mark: in the middle of a gap, or above figures that lack a part. */
function drawUnknown(
  { context, plot, topOf }: Surface,
  { first, last, kind }: Unknown,
  { layers, theme }: Drawing,
): void {
  const middle = Math.floor((first + last) / 2);
  const { left, width, top, height } = columnOf(plot, first, last);
  context.textAlign = 'center';
  if (kind === 'gap') {
    context.textBaseline = 'middle';
    write(context, '?', { x: left + width / 2, y: top + height / 2 }, theme);
  } else {
    const column = columnOf(plot, middle);
    const figure = topOf(layers.at(-1)?.upper[middle] ?? 0);
    context.textBaseline = 'bottom';
    write(context, '?', { x: column.left + column.width / 2, y: figure - 2 }, theme);
  }
}

/** The net value of a stack that is partly below zero, which neither of its ends shows. */
function drawNet(surface: Surface, { chart, net, theme }: Drawing): void {
  const { context, plot } = surface;
  context.beginPath();
  if (chart.form === 'bars') {
    net.forEach((height, slot) => {
      const { width } = columnOf(plot, slot);
      trace(surface, acrossBar(height, slot, barWidth(chart, width) / width));
    });
  } else {
    trace(surface, linePoints(net, 0, net.length));
  }
  strokeWithRim(context, netPaint(theme), theme, 2);
}

function acrossBar(y: number, slot: number, share: number): Point[] {
  return [-share, share].map((side) => ({ x: slot + 0.5 + side / 2, y }));
}

/** The line of the previous period. */
function drawPrevious(surface: Surface, { chart, previous, theme }: Drawing): void {
  const { context } = surface;
  if (!previous) {
    return;
  }
  context.lineJoin = 'round';
  context.beginPath();
  trace(surface, linePoints(previous, 0, previous.length));
  strokeWithRim(context, previousPaint(theme), theme, isDense(chart) ? 1 : 2);
}

/** Strokes the path with a rim in the colour of the page, to be seen on every series. `rim` in CSS pixels. */
function strokeWithRim(
  context: Context,
  { colour, width, dash }: LinePaint,
  theme: Theme,
  rim: number,
): void {
  context.strokeStyle = theme.background;
  context.lineWidth = width + rim;
  context.setLineDash([]);
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
}

/** The line of what the plan includes. Its name stands above the right end where no bar is; the legend has it in any case. */
function drawAllowance({ context, plot, topOf }: Surface, { chart, layers, theme }: Drawing): void {
  if (!chart.allowance) {
    return;
  }
  const { left, top, width, slots } = plot;
  const paint = allowancePaint(theme);
  const at = topOf(chart.allowance.value / meterOf(chart.meter).display.per);
  context.strokeStyle = paint.colour;
  context.lineWidth = paint.width;
  context.setLineDash(paint.dash);
  context.beginPath();
  context.moveTo(left, at);
  context.lineTo(left + width, at);
  context.stroke();
  const label = displayText(chart.allowance.label);
  const share = context.measureText(label).width / width;
  const below = layers.at(-1)?.upper.subarray(Math.max(0, Math.floor((1 - share) * slots) - 1)) ?? [];
  const isFree = at - DRAWING_FONT_SIZE - 4 >= top - 8 && !below.some((height) => topOf(height) < at);
  if (isFree && share < 1) {
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    write(context, label, { x: left + width - 2, y: at - 3 }, theme);
  }
}

/** In high contrast, where hatching tells series apart: a dashed frame around the slots that will still grow. */
function frameOpen({ context, plot, topOf }: Surface, { chart, layers, theme }: Drawing): void {
  const { upper = [], lower = [] } = layers.at(-1) ?? {};
  const open = (edge: Iterable<number>): number[] => [...edge].slice(chart.openFrom, chart.begun);
  const highest = open(upper).reduce((most, height) => (height > most ? height : most), 0);
  const lowest = open(lower).reduce((least, height) => (height < least ? height : least), 0);
  if (chart.openFrom >= chart.begun || highest === lowest) {
    return;
  }
  const { left, width } = columnOf(plot, chart.openFrom, chart.begun - 1);
  const top = topOf(highest) - 2;
  context.strokeStyle = theme.foreground;
  context.lineWidth = 2;
  context.setLineDash([4, 3]);
  context.strokeRect(left + 1, top, width - 2, topOf(lowest) + (lowest < 0 ? 2 : 0) - top);
  context.setLineDash([]);
}

function outlineSelected(surface: Surface, drawing: Drawing): void {
  const { context } = surface;
  const { layers, selected, theme } = drawing;
  const own = selected === undefined ? undefined : layers[selected];
  if (selected === undefined || own === undefined) {
    return;
  }
  const inner = layers[selected - 1];
  context.strokeStyle = theme.foreground;
  context.lineWidth = SELECTED_OUTLINE;
  context.beginPath();
  for (const side of own.hangs ? (['upper', 'lower'] as const) : (['upper'] as const)) {
    const outer = own[side];
    pathBetween(surface, outer, inner?.[side] ?? outer.map((height) => height * 0), drawing);
  }
  context.stroke();
}

/** The outline of a series between two edges. */
function pathBetween(surface: Surface, outer: Edge, inner: Edge, { chart }: Drawing): void {
  const { context, plot, topOf } = surface;
  if (chart.form === 'area') {
    for (const edge of [outer, inner]) {
      trace(surface, linePoints(edge, 0, chart.openFrom));
      trace(surface, linePoints(edge, chart.openFrom, chart.begun));
    }
    return;
  }
  outer.forEach((height, slot) => {
    const { left, width } = columnOf(plot, slot);
    const bar = barWidth(chart, width);
    const [from, to] = [topOf(inner[slot] ?? NaN), topOf(height)];
    if (to !== from && !Number.isNaN(height)) {
      context.rect(left + (width - bar) / 2, Math.min(from, to), bar, Math.abs(from - to));
    }
  });
}

function trace({ context, plot, topOf }: Surface, points: readonly Point[]): void {
  const { left, width, slots } = plot;
  let broken = true;
  for (const point of points) {
    const [x, y] = [left + (point.x / slots) * width, topOf(point.y)];
    if (broken) {
      context.moveTo(x, y);
    } else {
      context.lineTo(x, y);
    }
    broken = Number.isNaN(point.y);
  }
}

/** Text that can be read on whatever is below it. */
function write(context: Context, text: string, { x, y }: Point, { foreground, background }: Theme): void {
  context.strokeStyle = background;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeText(text, x, y);
  context.fillStyle = foreground;
  context.fillText(text, x, y);
}
