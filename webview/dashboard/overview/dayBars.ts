import type { DayBars } from '../../../src/protocol/overview';
import { svgElement } from '../parts/dom';
import { type DayShape, dayShapes, LINE } from './dayShapes';

/** In CSS pixels. */
const HEIGHT = 22;
const SLOT = 4;
const BAR = 3;

/** Bars of a month's days, for eyes only. A known day has its piece of the base line, also at zero; an unknown one is a gap. */
export function dayBars(bars: DayBars): SVGElement {
  const { base, days } = dayShapes(bars, HEIGHT - LINE);
  const width = String(bars.values.length * SLOT);
  const rect = (className: string, { slot, top, height }: DayShape): SVGElement =>
    svgElement('rect', {
      class: className,
      ...{ x: String(slot * SLOT), y: top.toFixed(2) },
      ...{ width: String(BAR), height: height.toFixed(2) },
    });
  return svgElement(
    'svg',
    {
      class: 'day-bars',
      ...{ width, height: String(HEIGHT), viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-hidden': 'true',
    },
    ...days.flatMap((day) => [
      rect('base', { slot: day.slot, top: base, height: LINE }),
      rect(day.slot >= bars.openFrom ? 'day open' : 'day', day),
    ]),
  );
}
