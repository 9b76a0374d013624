/** The value axis: begins at zero and ends at a whole number of steps. In display units. */
export interface Scale {
  readonly max: number;
  readonly step: number;
}

/** Figures are written with two decimals at most, so a finer step would give two ticks the same text. */
const SMALLEST_STEP = 0.01;

/** The smallest axis with steps of 1, 2 or 5 times a power of ten that holds `highest` in at most `ticks` steps. */
export function niceScale(highest: number, ticks = 6): Scale {
  if (!(highest > 0) || !Number.isFinite(highest)) {
    return { max: 1, step: 1 };
  }
  const step = Math.max(niceStep(highest / ticks), SMALLEST_STEP);
  // The tolerance keeps 0.3 / 0.1 = 2.9999… from costing or gaining a step.
  return { max: step * Math.max(1, Math.ceil(highest / step - 1e-9)), step };
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

/** Writes tick values: as figures are written, and shortened from a million on, where they would crowd out the plot. */
export function createTickFormat(
  locale: string,
  number: (value: number) => string,
): (value: number) => string {
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  return (value) => (Math.abs(value) >= 1e6 ? compact.format(value) : number(value));
}
