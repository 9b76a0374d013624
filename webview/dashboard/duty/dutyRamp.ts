import { type Colour, distance, mix } from '../parts/palette';

/** One step per hundredth, too fine for the eye to see. */
const PERCENTS = 100;
const SAMPLES = 1000;

/** How far the ends are from the plain hue: towards the background, where 0 % still stands out, and the foreground. */
const LOW = 0.78;
const HIGH = 0.5;

/**
 * A colour for each hundredth of a scale, in even steps to the eye: from the background, through the theme's own hue,
 * towards the foreground, so that more always stands out more.
 */
export function dutyRamp(background: Colour, hue: Colour, foreground: Colour): Colour[] {
  const low = mix(hue, background, LOW);
  const high = mix(hue, foreground, HIGH);
  const path = Array.from({ length: SAMPLES + 1 }, (_, index) => {
    const share = (2 * index) / SAMPLES;
    return share < 1 ? mix(low, hue, share) : mix(hue, high, share - 1);
  });
  const lengths = [0];
  for (const [index, colour] of path.slice(1).entries()) {
    lengths.push((lengths[index] ?? 0) + distance(path[index] ?? colour, colour));
  }
  const whole = lengths[SAMPLES] ?? 0;
  return Array.from({ length: PERCENTS + 1 }, (_, percent) => {
    const index = lengths.findIndex((length) => length >= (whole * percent) / PERCENTS);
    return path[index] ?? high;
  });
}
