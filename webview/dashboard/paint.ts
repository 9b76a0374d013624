import type { ChartSeries } from '../../src/protocol/messages';
import { type Colour, toCss } from './palette';
import type { Theme } from './theme';

/** How a series is filled: on days that are over, and on the one that is still going on. */
export interface SeriesPaint {
  readonly closed: string | CanvasPattern;
  readonly open: string | CanvasPattern;
  /** In high contrast, where fills are patterns, the line around a bar. */
  readonly outline: string;
}

/** Size of a pattern's tile, in CSS pixels. */
const TILE = 8;

type Line = readonly [number, number, number, number];

const RISING: readonly Line[] = [
  [-2, 2, 2, -2],
  [-2, 10, 10, -2],
  [6, 10, 10, 6],
];
const FALLING: readonly Line[] = RISING.map(([x1, y1, x2, y2]) => [x1, TILE - y1, x2, TILE - y2]);
const LEVEL: readonly Line[] = [[0, 4, TILE, 4]];
const UPRIGHT: readonly Line[] = [[4, 0, 4, TILE]];

/** Told apart without colour; the first is left plain, so that the largest machine is the calmest area. */
const PATTERNS: readonly (readonly Line[] | undefined)[] = [
  undefined,
  RISING,
  LEVEL,
  FALLING,
  UPRIGHT,
  [...RISING, ...FALLING],
  [...LEVEL, ...UPRIGHT],
];

export function seriesPaints(series: readonly ChartSeries[], theme: Theme): SeriesPaint[] {
  const colours = theme.machines(series.length);
  return series.map(({ kind }, index) => {
    const colour = kind === 'others' ? theme.others : (colours[index] ?? theme.others);
    if (!theme.highContrast) {
      return { closed: toCss(colour), open: hatched(colour), outline: theme.background };
    }
    // In high contrast hatching tells series apart, so the open day is told by a frame, which the chart draws.
    const fill = kind === 'others' ? toCss(colour) : patterned(colour, index, theme);
    return { closed: fill, open: fill, outline: toCss(colour) };
  });
}

function patterned(colour: Colour, index: number, theme: Theme): string | CanvasPattern {
  // One step on in each round, so that when colours come again they come with another pattern.
  const round = Math.floor(index / PATTERNS.length);
  const lines = PATTERNS[(index + round) % PATTERNS.length];
  return lines ? pattern(toCss(colour), theme.background, lines, 2) : toCss(colour);
}

function hatched(colour: Colour): string | CanvasPattern {
  return pattern(toCss(colour), toCss(colour, 0.3), RISING, 1.5);
}

function pattern(
  line: string,
  ground: string,
  lines: readonly Line[],
  width: number,
): string | CanvasPattern {
  const sharpness = Math.max(1, Math.ceil(window.devicePixelRatio));
  const tile = document.createElement('canvas');
  tile.width = TILE * sharpness;
  tile.height = TILE * sharpness;
  const context = tile.getContext('2d');
  if (!context) {
    return line;
  }
  context.scale(sharpness, sharpness);
  context.fillStyle = ground;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = line;
  context.lineWidth = width;
  for (const [x1, y1, x2, y2] of lines) {
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }
  const made = context.createPattern(tile, 'repeat');
  made?.setTransform(new DOMMatrix().scale(1 / sharpness));
  return made ?? line;
}

/** The square beside a name, filled as the bars are. */
export function createSwatch(paint: SeriesPaint, open = false): HTMLCanvasElement {
  const size = 12;
  const sharpness = Math.max(1, Math.ceil(window.devicePixelRatio));
  const canvas = document.createElement('canvas');
  canvas.className = 'swatch';
  canvas.width = size * sharpness;
  canvas.height = size * sharpness;
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (context) {
    context.scale(sharpness, sharpness);
    context.fillStyle = open ? paint.open : paint.closed;
    context.fillRect(0, 0, size, size);
    context.strokeStyle = paint.outline;
    context.strokeRect(0.5, 0.5, size - 1, size - 1);
  }
  return canvas;
}
