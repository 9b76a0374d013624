import type { Gauge } from '../../../src/protocol/report';
import { svgElement } from '../parts/dom';
import { gaugeParts, type Stretch } from './gauge';

/** In CSS pixels. */
const HEIGHT = 12;
const BAR = { top: 3, height: 4 };
/** A limit crosses the bar; a bracket below it shows uncertainty. */
const LIMIT = { top: 0, height: 8 };
const BRACKET = { top: 8, height: 3 };

/** The bar for eyes only: the texts of its row say the same. */
export function gaugeBar(gauge: Gauge): SVGElement {
  const { done, over, expected, between, limit } = gaugeParts(gauge);
  return svgElement(
    'svg',
    { class: 'gauge', height: String(HEIGHT), 'aria-hidden': 'true' },
    bar('track', { from: 0, to: 1 }),
    bar('done', done),
    ...(over ? [bar('over', over)] : []),
    ...(expected ? [bar('expected', expected)] : []),
    ...(between ? bracket(between) : []),
    ...(limit === undefined ? [] : [upright('limit', limit, LIMIT)]),
  );
}

function bar(part: string, { from, to }: Stretch): SVGElement {
  return svgElement('rect', {
    class: part,
    x: percent(from),
    width: percent(to - from),
    y: String(BAR.top),
    height: String(BAR.height),
  });
}

function bracket({ from, to }: Stretch): SVGElement[] {
  const bottom = String(BRACKET.top + BRACKET.height);
  return [
    svgElement('line', { class: 'between', x1: percent(from), x2: percent(to), y1: bottom, y2: bottom }),
    upright('between', from, BRACKET),
    upright('between', to, BRACKET),
  ];
}

function upright(part: string, at: number, { top, height }: typeof BAR): SVGElement {
  const x = percent(at);
  return svgElement('line', { class: part, x1: x, x2: x, y1: String(top), y2: String(top + height) });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
