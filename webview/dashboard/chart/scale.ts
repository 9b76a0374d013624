import { numberWriter } from '../../../src/usage/format';

/** The value axis: it includes zero, and begins and ends at whole steps. In display units. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The smallest axis that includes zero, `lowest` and `highest` in at most `ticks` steps (two or more), each 1, 2 or 5
 * times a power of ten.
 */
export function niceScale(highest: number, lowest = 0, ticks = 6): Scale {
  const [above, below] = [Math.max(highest, 0), Math.max(-lowest, 0)];
  const range = above + below;
  if (!(range > 0) || !Number.isFinite(range)) {
    return { min: 0, max: 1, step: 1 };
  }
  let step = niceStep(range / ticks);
  while (stepsTo(above, step) + stepsTo(below, step) > ticks) {
    step = niceStep(step * 1.5);
  }
  // 0 − 0 and not −0, which would be written with its sign.
  return { min: 0 - step * stepsTo(below, step), max: step * stepsTo(above, step), step };
}

/** The tolerance keeps 0.3 / 0.1 = 2.9999… from costing or gaining a step. */
function stepsTo(height: number, step: number): number {
  return Math.max(0, Math.ceil(height / step - 1e-9));
}

function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  for (const factor of [1, 2, 5]) {
    if (factor * power >= atLeast * (1 - 1e-9)) {
      return factor * power;
    }
  }
  return 10 * power;
}

/** Figures have at most two decimals; finer steps need as many as tell them apart. */
const WRITTEN_STEP = 0.01;

/** Writes tick values like figures, but shortened from a million on, where they would crowd out the plot. */
export function createTickFormat(
  locale: string,
  number: (value: number) => string,
  step: number,
): (value: number) => string {
  if (step < WRITTEN_STEP) {
    const digits = Math.min(Math.ceil(-Math.log10(step) - 1e-9), 20);
    const fine = numberWriter(locale, { maximumFractionDigits: digits });
    return (value) => fine.format(value);
  }
  const compact = numberWriter(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  return (value) => (Math.abs(value) >= 1e6 ? compact.format(value) : number(value));
}
