import { element } from '../parts/dom';
import type { PictureLegendItem } from '../parts/picture';
import type { Language } from '../parts/speech';
import { type DutyPaint, dutySwatch } from './dutyPaint';

/** Shares of the scale shown as keys to the ramp; a picture has its ends, since its keys have words beside them. */
const RAMP = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const PICTURE_RAMP = [0, 1];

/** What the cells of a duty map mean: the ramp, and the cells without a duty. */
export function dutyKeyItems(paint: DutyPaint, language: Language): HTMLLIElement[] {
  const { formats } = language;
  const ramp = element(
    'li',
    {},
    element('span', { text: formats.percent(0) }),
    element(
      'span',
      { className: 'duty-ramp' },
      ...RAMP.map((share) => dutySwatch('awake', share * paint.scaleEnd, paint)),
    ),
    element('span', { text: formats.percent(paint.scaleEnd) }),
  );
  const others = keysWithout(paint, language).map(({ swatch, text }) =>
    element('li', {}, ...(swatch ? [swatch] : []), element('span', { text })),
  );
  return [ramp, ...others];
}

/** The same for a picture, where each key has its own words. */
export function dutyPictureKeys(paint: DutyPaint, language: Language): PictureLegendItem[] {
  const ramp = PICTURE_RAMP.map((share) => ({
    swatch: dutySwatch('awake', share * paint.scaleEnd, paint),
    text: language.formats.percent(share * paint.scaleEnd),
  }));
  return [...ramp, ...keysWithout(paint, language)];
}

function keysWithout(paint: DutyPaint, { strings }: Language): PictureLegendItem[] {
  return [
    { swatch: dutySwatch('asleep', undefined, paint), text: strings.asleep },
    { swatch: dutySwatch('unknown', undefined, paint), text: strings.unknown },
  ];
}
