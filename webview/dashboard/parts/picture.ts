import type { Theme } from './theme';

/** Pixels of a picture per CSS pixel, whatever the screen has. */
export const PICTURE_SHARPNESS = 2;

export interface PictureWords {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface PictureLegendItem {
  readonly swatch: HTMLCanvasElement | undefined;
  readonly text: string;
}

/* In CSS pixels. */
const MARGIN = 20;
const LEAST_WIDTH = 320;
const TITLE_SIZE = 16;
const TEXT_SIZE = 12;
const LINE = 18;
const GAP = 12;
const COLUMN = 230;
const SWATCH = 12;

/**
 * A PNG of a drawing with its words above and its legend below, on the theme's background. `drawing` is as wide as its
 * style says, in CSS pixels; it is sharp when it has {@link PICTURE_SHARPNESS} pixels to each.
 */
export async function composePicture(
  drawing: HTMLCanvasElement,
  words: PictureWords,
  legend: readonly PictureLegendItem[],
  theme: Theme,
): Promise<ArrayBuffer> {
  const canvas = document.createElement('canvas');
  compose(canvas, drawing, words, legend, theme);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!blob) {
    throw new Error('the browser could not write the picture');
  }
  return blob.arrayBuffer();
}

function compose(
  canvas: HTMLCanvasElement,
  drawing: HTMLCanvasElement,
  words: PictureWords,
  legend: readonly PictureLegendItem[],
  theme: Theme,
): void {
  const drawingWidth = parseFloat(drawing.style.width) || drawing.width / PICTURE_SHARPNESS;
  const drawingHeight = (drawing.height / drawing.width) * drawingWidth;
  const width = Math.max(LEAST_WIDTH, drawingWidth);
  const columns = Math.max(1, Math.floor(width / COLUMN));
  const drawingTop = MARGIN + LINE + GAP / 2 + words.lines.length * LINE + GAP;
  const legendTop = drawingTop + drawingHeight + GAP;
  const height = legendTop + Math.ceil(legend.length / columns) * LINE + MARGIN;
  canvas.width = Math.ceil((width + 2 * MARGIN) * PICTURE_SHARPNESS);
  canvas.height = Math.ceil(height * PICTURE_SHARPNESS);
  const context = canvas.getContext('2d');
  if (!context) {
    return;
  }
  context.scale(PICTURE_SHARPNESS, PICTURE_SHARPNESS);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width + 2 * MARGIN, height);
  context.textBaseline = 'middle';
  writeWords(context, words, width, theme);
  context.drawImage(drawing, MARGIN, drawingTop, drawingWidth, drawingHeight);
  context.font = `${TEXT_SIZE}px ${theme.font}`;
  context.fillStyle = theme.foreground;
  legend.forEach(({ swatch, text }, index) => {
    const left = MARGIN + (index % columns) * (width / columns);
    const middle = legendTop + (Math.floor(index / columns) + 0.5) * LINE;
    if (swatch) {
      context.drawImage(swatch, left, middle - SWATCH / 2, SWATCH, SWATCH);
    }
    const room = width / columns - SWATCH - 2 * GAP;
    context.fillText(fitting(context, text, room), left + SWATCH + 8, middle);
  });
}

function writeWords(
  context: CanvasRenderingContext2D,
  { title, lines }: PictureWords,
  width: number,
  theme: Theme,
): void {
  context.fillStyle = theme.foreground;
  context.font = `600 ${TITLE_SIZE}px ${theme.font}`;
  context.fillText(fitting(context, title, width), MARGIN, MARGIN + LINE / 2);
  context.fillStyle = theme.muted;
  context.font = `${TEXT_SIZE}px ${theme.font}`;
  lines.forEach((line, index) => {
    const middle = MARGIN + LINE + GAP / 2 + (index + 0.5) * LINE;
    context.fillText(fitting(context, line, width), MARGIN, middle);
  });
}

/** The text, cut if it would be wider than `room`. */
function fitting(context: CanvasRenderingContext2D, text: string, room: number): string {
  const characters = Array.from(text);
  const cut = (length: number): string =>
    length === characters.length ? text : `${characters.slice(0, length).join('')}…`;
  let length = characters.length;
  while (length > 0 && context.measureText(cut(length)).width > room) {
    length -= 1;
  }
  return cut(length);
}
