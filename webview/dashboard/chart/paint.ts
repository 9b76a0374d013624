import type { ChartSeries } from '../../../src/protocol/chart';
import { type Colour, mix, parseColour, toCss } from '../parts/palette';
import type { Theme } from '../parts/theme';

/** How a series is filled: in slots that are closed, and in those that will still grow. Never transparent. */
export interface SeriesPaint {
  readonly closed: string | CanvasPattern;
  readonly open: string | CanvasPattern;
  /** In high contrast, where fills are patterns, the line around a series. */
  readonly outline: string;
}

/** How a line over the series is drawn; `dash` in CSS pixels. */
export interface LinePaint {
  readonly colour: string;
  readonly width: number;
  readonly dash: number[];
}

export function previousPaint(theme: Theme): LinePaint {
  return { colour: theme.muted, width: 1.5, dash: [4, 3] };
}

export function netPaint(theme: Theme): LinePaint {
  return { colour: theme.foreground, width: 2, dash: [] };
}

export function allowancePaint(theme: Theme): LinePaint {
  return { colour: theme.foreground, width: 1, dash: [] };
}

/** How much of their colour series keep beside a selected one. */
const FADED = 0.35;

const BLACK: Colour = { red: 0, green: 0, blue: 0 };

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

/** Distinct without colour; the first is plain, so that the largest machine is the calmest area. */
const PATTERNS: readonly (readonly Line[] | undefined)[] = [
  undefined,
  RISING,
  LEVEL,
  FALLING,
  UPRIGHT,
  [...RISING, ...FALLING],
  [...LEVEL, ...UPRIGHT],
];

/** `selected` is the index of the series that stands out; the others fade, but not in high contrast. */
export function seriesPaints(
  series: readonly ChartSeries[],
  selected: number | undefined,
  theme: Theme,
): SeriesPaint[] {
  const colours = theme.machines(Math.max(0, ...series.map(({ colour }) => colour + 1)));
  const ground = parseColour(theme.background, BLACK) ?? BLACK;
  return series.map(({ kind, colour }, index) => {
    const own = kind === 'others' ? theme.others : (colours[colour] ?? theme.others);
    if (theme.highContrast) {
      // Hatching tells series apart here, so open slots get a frame instead, which the chart draws.
      const fill = kind === 'others' ? toCss(own) : patterned(own, colour, theme);
      return { closed: fill, open: fill, outline: toCss(own) };
    }
    const seen = selected === undefined || selected === index ? own : mix(ground, own, FADED);
    return { closed: toCss(seen), open: hatched(seen, ground), outline: theme.background };
  });
}

/** What stands behind unknown slots. */
export function gapPaint(theme: Theme): string | CanvasPattern {
  const ground = parseColour(theme.background, BLACK) ?? BLACK;
  const quiet = mix(ground, parseColour(theme.muted, ground) ?? BLACK, theme.highContrast ? 0.6 : 0.22);
  return pattern(toCss(quiet), 'transparent', RISING, 1);
}

function patterned(colour: Colour, index: number, theme: Theme): string | CanvasPattern {
  // Shifted by one in each round, so that a repeated colour gets another pattern.
  const round = Math.floor(index / PATTERNS.length);
  const lines = PATTERNS[(index + round) % PATTERNS.length];
  return lines ? pattern(toCss(colour), theme.background, lines, 2) : toCss(colour);
}

function hatched(colour: Colour, ground: Colour): string | CanvasPattern {
  return pattern(toCss(colour), toCss(mix(ground, colour, 0.3)), RISING, 1.5);
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

const SWATCH = 12;

/** The square beside a name, filled as the series is. */
export function createSwatch(paint: SeriesPaint, open = false): HTMLCanvasElement {
  return swatch((context) => {
    context.fillStyle = open ? paint.open : paint.closed;
    context.fillRect(0, 0, SWATCH, SWATCH);
    context.strokeStyle = paint.outline;
    context.strokeRect(0.5, 0.5, SWATCH - 1, SWATCH - 1);
  });
}

/** The piece of line beside the name of a line, drawn like the line. */
export function createLineSwatch(line: LinePaint): HTMLCanvasElement {
  return swatch((context) => {
    context.strokeStyle = line.colour;
    context.lineWidth = line.width;
    context.setLineDash(line.dash);
    context.beginPath();
    context.moveTo(0, SWATCH / 2);
    context.lineTo(SWATCH, SWATCH / 2);
    context.stroke();
  });
}

function swatch(draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const sharpness = Math.max(2, Math.ceil(window.devicePixelRatio));
  const canvas = document.createElement('canvas');
  canvas.className = 'swatch';
  canvas.width = SWATCH * sharpness;
  canvas.height = SWATCH * sharpness;
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (context) {
    context.scale(sharpness, sharpness);
    draw(context);
  }
  return canvas;
}
