/** A colour without transparency; parts from 0 to 255. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** WCAG 1.4.11: the contrast that a graphic needs against its background. */
export const GRAPHIC_CONTRAST = 3;

/** WCAG 1.4.3: the contrast of text. */
export const TEXT_CONTRAST = 4.5;

/** How far apart series are, as a distance in OKLab: first far, then closer, down to what a careful eye just tells apart. */
const APART = [0.085, 0.07, 0.06, 0.05, 0.04, 0.03];

/** How far series are from the tone of the others. */
const FROM_OTHERS = 0.06;

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
  return between(oklab(linearOf(a)), oklab(linearOf(b)));
}

type Triple = readonly [number, number, number];

/**
 * How linear sRGB looks without one of the three kinds of cones: protanopia, deuteranopia, tritanopia. From Machado,
 * Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1.
 */
const MISSING_CONES: readonly (readonly [Triple, Triple, Triple])[] = [
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

/** A colour in OKLab, as people with all cones see it, and then as people without one kind do. */
function looks(colour: Colour): readonly Triple[] {
  const [red, green, blue] = linearOf(colour);
  const seen = MISSING_CONES.map(
    (matrix) =>
      matrix.map(([r, g, b]) =>
        Math.max(0, Math.min(r * red + g * green + b * blue, 1)),
      ) as unknown as Triple,
  );
  return [[red, green, blue] as const, ...seen].map(oklab);
}

/** How different two colours are to whoever sees the least difference. */
function apart(a: readonly Triple[], b: readonly Triple[]): number {
  return Math.min(...a.map((own, sight) => between(own, b[sight] ?? own)));
}

function between(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/**
 * Colours for `count` series: the theme's own hues first, then tints of them. All can be seen on `background`, and
 * no two look alike to anyone, whatever colours they see, while there are enough; after that they repeat.
 */
export function seriesColours(
  hues: readonly Colour[],
  background: Colour,
  foreground: Colour,
  count: number,
): Colour[] {
  const others = looks(othersColour(background, foreground));
  const candidates = TINTS.flatMap((tint) =>
    hues.map((hue) => {
      const tinted = mix(hue, tint < 0 ? background : foreground, Math.abs(tint));
      const colour = visibleOn(tinted, background, foreground);
      return { colour, seen: looks(colour) };
    }),
  ).filter(({ seen }) => apart(seen, others) >= FROM_OTHERS);
  const chosen: typeof candidates = [];
  for (const least of APART) {
    for (const candidate of candidates) {
      if (chosen.every(({ seen }) => apart(candidate.seen, seen) >= least)) {
        chosen.push(candidate);
      }
    }
  }
  return Array.from({ length: count }, (_, index) => chosen[index % chosen.length]?.colour ?? foreground);
}

/** The tone of everything that is not a series of its own. */
export function othersColour(background: Colour, foreground: Colour): Colour {
  return visibleOn(mix(background, foreground, 0.4), background, foreground);
}

/** Moves a colour towards the foreground until it stands out from the background. */
export function visibleOn(
  colour: Colour,
  background: Colour,
  foreground: Colour,
  least = GRAPHIC_CONTRAST,
): Colour {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, foreground, share);
    if (contrast(candidate, background) >= least) {
      return candidate;
    }
  }
  return foreground;
}

function linearOf({ red, green, blue }: Colour): Triple {
  return [linear(red), linear(green), linear(blue)];
}

function linear(part: number): number {
  const value = part / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: Colour): number {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/** Björn Ottosson's OKLab, from linear sRGB. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
