/** A colour without transparency; parts from 0 to 255. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** WCAG 1.4.11: the contrast that a graphic needs against its background. */
export const GRAPHIC_CONTRAST = 3;

/** How far apart two series must be, as a distance in OKLab; about twice what a careful eye just tells apart. */
const DISTINCT = 0.085;

/** Tints of the theme's own hues, tried in this order: towards the foreground (positive) or the background. */
const TINTS = [0, 0.42, -0.36, 0.68, 0.2, -0.18];

/**
 * Reads the colours that a theme may hold: `#rgb[a]`, `#rrggbb[aa]`, `rgb()` and `rgba()`. A transparent one
 * is laid over `under`. Undefined for anything else.
 */
export function parseColour(text: string, under: Colour): Colour | undefined {
  const parts = hexParts(text.trim()) ?? functionParts(text.trim());
  if (!parts) {
    return undefined;
  }
  const [red, green, blue, alpha] = parts;
  return mix(under, { red, green, blue }, alpha);
}

type Parts = [number, number, number, number];

function hexParts(text: string): Parts | undefined {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/iu.exec(text)?.[1];
  if (digits === undefined) {
    return undefined;
  }
  const wide = digits.length > 4 ? digits : Array.from(digits, (digit) => digit + digit).join('');
  const part = (index: number): number => parseInt(wide.slice(2 * index, 2 * index + 2), 16);
  return [part(0), part(1), part(2), wide.length === 8 ? part(3) / 255 : 1];
}

function functionParts(text: string): Parts | undefined {
  const inside = /^rgba?\(([^)]*)\)$/iu.exec(text)?.[1];
  const numbers = inside?.split(/[\s,/]+/u).filter(Boolean);
  if (!numbers || numbers.length < 3 || numbers.length > 4) {
    return undefined;
  }
  const [red, green, blue, alpha = 1] = numbers.map((word, index) =>
    word.endsWith('%') ? (parseFloat(word) / 100) * (index < 3 ? 255 : 1) : Number(word),
  );
  const parts: Parts = [red ?? NaN, green ?? NaN, blue ?? NaN, alpha];
  return parts.every(Number.isFinite) ? parts : undefined;
}

/** `share` 0 gives `from`, 1 gives `to`. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const part = (a: number, b: number): number => a + (b - a) * share;
  return {
    red: part(from.red, to.red),
    green: part(from.green, to.green),
    blue: part(from.blue, to.blue),
  };
}

export function toCss(colour: Colour, alpha = 1): string {
  const parts = [colour.red, colour.green, colour.blue].map(Math.round).join(' ');
  return alpha === 1 ? `rgb(${parts})` : `rgb(${parts} / ${alpha})`;
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** How different two colours look: the distance in OKLab, about 0 to 1. */
export function distance(a: Colour, b: Colour): number {
  const [la, lb] = [oklab(a), oklab(b)];
  return Math.hypot(la[0] - lb[0], la[1] - lb[1], la[2] - lb[2]);
}

/**
 * Colours for `count` series: the theme's own hues first, then tints of them. All can be seen on `background`, and
 * no two look alike while there are enough; after that they repeat.
 */
export function seriesColours(
  hues: readonly Colour[],
  background: Colour,
  foreground: Colour,
  count: number,
): Colour[] {
  const chosen: Colour[] = [];
  for (const tint of TINTS) {
    for (const hue of hues) {
      const tinted = mix(hue, tint < 0 ? background : foreground, Math.abs(tint));
      const colour = visibleOn(tinted, background, foreground);
      if (chosen.every((other) => distance(colour, other) >= DISTINCT)) {
        chosen.push(colour);
      }
    }
  }
  return Array.from({ length: count }, (_, index) => chosen[index % chosen.length] ?? foreground);
}

/** Moves a colour towards the foreground until it stands out from the background. */
export function visibleOn(colour: Colour, background: Colour, foreground: Colour): Colour {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, foreground, share);
    if (contrast(candidate, background) >= GRAPHIC_CONTRAST) {
      return candidate;
    }
  }
  return foreground;
}

function linear(part: number): number {
  const value = part / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: Colour): number {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/** Björn Ottosson's OKLab, from linear sRGB. */
function oklab(colour: Colour): [number, number, number] {
  const [r, g, b] = [linear(colour.red), linear(colour.green), linear(colour.blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
