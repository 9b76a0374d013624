import { startOfDay } from '../../../src/usage/time';
import type { Language } from '../parts/speech';
import { boxOf, type DutyLayout, type LabelRoom, labelStep } from './dutyLayout';
import { type DutyModel, dutyOf, HOURS_OF_DAY } from './dutyModel';
import { type DutyPaint, FONT_SIZE, paintCell, prepare } from './dutyPaint';

/** All that one drawing needs. */
export interface DutyDrawing {
  readonly model: DutyModel;
  readonly layout: DutyLayout;
  readonly paint: DutyPaint;
  readonly language: Language;
}

const LABEL_GAP = 8;

/** How much room the labels of a map take, measured in the font they are drawn in. */
export function labelRoom({ map }: DutyModel, { font }: DutyPaint, { formats }: Language): LabelRoom {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) {
    return { hour: 0, day: 0, line: FONT_SIZE };
  }
  context.font = font;
  const widthOf = (text: string): number => Math.ceil(context.measureText(text).width);
  return {
    hour: widthOf(hourLabel(0)),
    day: Math.max(0, ...map.days.map((day) => widthOf(formats.day(day)))),
    line: FONT_SIZE + 4,
  };
}

/** Draws the map in the size of its layout; as sharp as the screen by default. */
export function drawDuty(
  canvas: HTMLCanvasElement,
  { model, layout, paint, language }: DutyDrawing,
  sharpness?: number,
): void {
  const context = prepare(canvas, layout.width, layout.height, sharpness);
  if (!context) {
    return;
  }
  model.states.forEach((state, cell) => {
    paintCell(context, boxOf(layout, cell), state, dutyOf(model.map, [cell]), paint);
  });
  context.font = paint.font;
  context.fillStyle = paint.label;
  if (layout.daysAcross) {
    labelHoursDown(context, layout);
    labelDaysAcross(context, layout, model, language);
  } else {
    labelDaysDown(context, layout, model, language);
    labelHoursAcross(context, layout);
  }
}

function hourLabel(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function labelHoursDown(context: CanvasRenderingContext2D, layout: DutyLayout): void {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (let hour = 0; hour < HOURS_OF_DAY; hour += 3) {
    const { top, height } = boxOf(layout, hour);
    context.fillText(hourLabel(hour), layout.grid.left - LABEL_GAP, top + height / 2);
  }
}

function labelHoursAcross(context: CanvasRenderingContext2D, layout: DutyLayout): void {
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  const step = labelStep(layout.grid.width / layout.columns, context.measureText(hourLabel(0)).width);
  for (let hour = 0; hour < HOURS_OF_DAY; hour += step) {
    const { left, top } = boxOf(layout, hour);
    context.fillText(hourLabel(hour), left, top - LABEL_GAP / 2);
  }
}

function labelDaysDown(
  context: CanvasRenderingContext2D,
  layout: DutyLayout,
  { map }: DutyModel,
  { formats }: Language,
): void {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  map.days.forEach((day, index) => {
    const { top, height } = boxOf(layout, index * HOURS_OF_DAY);
    context.fillText(formats.day(day), layout.grid.left - LABEL_GAP, top + height / 2);
  });
}

/** Days of the month, and below them the month where it begins. */
function labelDaysAcross(
  context: CanvasRenderingContext2D,
  layout: DutyLayout,
  { map }: DutyModel,
  { formats }: Language,
): void {
  context.textBaseline = 'top';
  const top = layout.grid.top + layout.grid.height + LABEL_GAP / 2;
  const step = labelStep(layout.grid.width / layout.columns, context.measureText('30').width);
  let free = -Infinity;
  map.days.forEach((day, index) => {
    const { left, width } = boxOf(layout, index * HOURS_OF_DAY);
    if (index % step === 0) {
      context.textAlign = 'center';
      context.fillText(formats.dayOfMonth(day), left + width / 2, top);
    }
    const month = formats.month(startOfDay(day));
    const begins = index === 0 || day.endsWith('-01');
    const wide = context.measureText(month).width;
    if (begins && left >= free && left + wide <= layout.width) {
      context.textAlign = 'left';
      context.fillText(month, left, top + FONT_SIZE + LABEL_GAP / 2);
      free = left + wide + LABEL_GAP;
    }
  });
}
