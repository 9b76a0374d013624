import { gapPaint } from '../chart/paint';
import { type Colour, mix, parseColour, toCss } from '../parts/palette';
import type { Theme } from '../parts/theme';
import type { Box } from './dutyLayout';
import type { CellState } from './dutyModel';
import { dutyRamp } from './dutyRamp';

/** How cells are painted in one theme. */
export interface DutyPaint {
  /** The duty at which the scale ends. */
  readonly scaleEnd: number;
  /** The colours of the scale, in even steps. In high contrast the size of a square says it instead. */
  readonly ramp: readonly string[] | undefined;
  readonly square: string;
  readonly outline: string;
  readonly dot: string;
  readonly gap: string | CanvasPattern;
  readonly label: string;
  readonly font: string;
}

/** Of the labels, in CSS pixels. */
export const FONT_SIZE = 11;

const BLACK: Colour = { red: 0, green: 0, blue: 0 };

export function dutyPaint(theme: Theme, scaleEnd: number): DutyPaint {
  const background = parseColour(theme.background, BLACK) ?? BLACK;
  const foreground = parseColour(theme.foreground, background) ?? theme.others;
  const [hue = theme.others] = theme.machines(1);
  const quiet = toCss(mix(background, foreground, theme.highContrast ? 0.7 : 0.35));
  return {
    scaleEnd,
    ramp: theme.highContrast
      ? undefined
      : dutyRamp(background, hue, foreground).map((colour) => toCss(colour)),
    square: toCss(foreground),
    outline: quiet,
    dot: quiet,
    gap: gapPaint(theme),
    label: theme.muted,
    font: `${FONT_SIZE}px ${theme.font}`,
  };
}

/** Sizes a canvas in CSS pixels, with `sharpness` pixels to each. Also clears it. */
export function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  sharpness = Math.max(1, window.devicePixelRatio),
): CanvasRenderingContext2D | null {
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.scale(sharpness, sharpness);
  return context;
}

/** An hour to come is left blank. */
export function paintCell(
  context: CanvasRenderingContext2D,
  box: Box,
  state: CellState,
  duty: number | undefined,
  paint: DutyPaint,
): void {
  const { left, top, width, height } = box;
  if (state === 'awake') {
    paintDuty(context, box, Math.max(0, Math.min((duty ?? 0) / paint.scaleEnd, 1)), paint);
  } else if (state === 'asleep') {
    context.fillStyle = paint.dot;
    context.fillRect(left + Math.floor(width / 2) - 1, top + Math.floor(height / 2) - 1, 2, 2);
  } else if (state === 'unknown') {
    context.fillStyle = paint.gap;
    context.fillRect(left, top, width, height);
  }
}

/** A share of the scale as a colour; in high contrast as a square that takes this share of the cell. */
function paintDuty(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  share: number,
  { ramp, square, outline }: DutyPaint,
): void {
  if (ramp) {
    context.fillStyle = ramp[Math.round(share * (ramp.length - 1))] ?? outline;
    context.fillRect(left, top, width, height);
    return;
  }
  context.strokeStyle = outline;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  const side = Math.sqrt(share);
  context.fillStyle = square;
  context.fillRect(
    left + (width * (1 - side)) / 2,
    top + (height * (1 - side)) / 2,
    width * side,
    height * side,
  );
}

/** A cell by itself, as a key to the map. */
export function dutySwatch(state: CellState, duty: number | undefined, paint: DutyPaint): HTMLCanvasElement {
  const size = 14;
  const canvas = document.createElement('canvas');
  canvas.className = 'duty-swatch';
  canvas.setAttribute('aria-hidden', 'true');
  const context = prepare(canvas, size, size);
  if (context) {
    paintCell(context, { left: 0, top: 0, width: size, height: size }, state, duty, paint);
  }
  return canvas;
}
