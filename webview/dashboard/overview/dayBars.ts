import type { DayBars } from '../../../src/protocol/overview';
import { svgElement } from '../parts/dom';

/** In CSS pixels. */
const HEIGHT = 22;
const SLOT = 4;
const BAR = 3;

/** Bars of a month's days, for eyes only. Each known day has a piece of the base line; an unknown one has a gap there. */
export function dayBars({ values, begun, openFrom }: DayBars): SVGElement {
  const known = [...values.subarray(0, begun)].filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const heightOf = (value: number): number => (high > low ? (value / (high - low)) * (HEIGHT - 1) : 0);
  const base = heightOf(high);
  const rect = (slot: number, className: string, y: number, height: number): SVGElement =>
    svgElement('rect', {
      class: className,
      x: String(slot * SLOT),
      width: String(BAR),
      y: y.toFixed(2),
      height: height.toFixed(2),
    });
  const days = [...values.subarray(0, begun)].flatMap((value, slot) => {
    if (Number.isNaN(value)) {
      return [];
    }
    const height = heightOf(Math.abs(value));
    return [
      rect(slot, 'base', base, 1),
      rect(slot, slot >= openFrom ? 'day open' : 'day', value < 0 ? base + 1 : base - height, height),
    ];
  });
  const width = values.length * SLOT;
  return svgElement(
    'svg',
    {
      class: 'day-bars',
      ...{ width: String(width), height: String(HEIGHT), viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-hidden': 'true',
    },
    ...days,
  );
}
