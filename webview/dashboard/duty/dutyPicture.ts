import type { DashboardView } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import { DAY, startOfDay } from '../../../src/usage/time';
import { composePicture, PICTURE_SHARPNESS, type PictureWords } from '../parts/picture';
import { pictureOrigin } from '../parts/pictureOrigin';
import type { Theme } from '../parts/theme';
import { dutyPictureKeys } from './dutyKeys';
import { drawDuty, type DutyDrawing } from './dutyMap';
import { dutyFacts, nameOf } from './dutyWords';

/** A PNG of a duty map, with words that say what it shows. */
export function dutyPicture(drawing: DutyDrawing, view: DashboardView, theme: Theme): Promise<ArrayBuffer> {
  const canvas = document.createElement('canvas');
  drawDuty(canvas, drawing, PICTURE_SHARPNESS);
  const keys = dutyPictureKeys(drawing.paint, drawing.language);
  return composePicture(canvas, pictureWords(drawing, view), keys, theme);
}

function pictureWords({ model, language }: DutyDrawing, view: DashboardView): PictureWords {
  const { title, days } = model.map;
  const period = { start: startOfDay(days[0] ?? ''), end: startOfDay(days.at(-1) ?? '') + DAY };
  return {
    title: `${displayText(title)}, ${nameOf(model.map)}`,
    lines: [pictureOrigin(view, period, language), dutyFacts(model, language).join(' · ')],
  };
}
