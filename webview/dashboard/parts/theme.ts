import {
  type Colour,
  othersColour,
  parseColour,
  seriesColours,
  TEXT_CONTRAST,
  toCss,
  visibleOn,
} from './palette';

/** The theme's colours as the canvas needs them; everything else on the page uses the variables directly. */
export interface Theme {
  readonly highContrast: boolean;
  /** Body text. */
  readonly foreground: string;
  /** Axis labels. */
  readonly muted: string;
  readonly gridLine: string;
  readonly background: string;
  readonly font: string;
  /** The first `count` colours for machines and shapes, which are numbered over all charts. */
  machines(count: number): Colour[];
  /** The tone of everything that is not a machine of its own. */
  readonly others: Colour;
}

/** Hues that are far apart follow each other, as neighbours in a stack. Red is left out: it would look like an alarm. */
const HUES = ['blue', 'orange', 'green', 'purple', 'yellow'];

const WHITE: Colour = { red: 255, green: 255, blue: 255 };
const BLACK: Colour = { red: 0, green: 0, blue: 0 };

export function readTheme(): Theme {
  const classes = document.body.classList;
  const highContrast =
    classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const light = classes.contains('vscode-light') || classes.contains('vscode-high-contrast-light');
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string): string => style.getPropertyValue(`--vscode-${name}`);
  const background =
    parseColour(variable('editor-background'), light ? WHITE : BLACK) ?? (light ? WHITE : BLACK);
  const foreground = parseColour(variable('foreground'), background) ?? (light ? BLACK : WHITE);
  const described = parseColour(variable('descriptionForeground'), background) ?? foreground;
  const muted = visibleOn(described, background, foreground, TEXT_CONTRAST);
  const hues = HUES.map((hue) => parseColour(variable(`charts-${hue}`), background)).filter(
    (hue) => hue !== undefined,
  );
  return {
    highContrast,
    foreground: toCss(foreground),
    muted: toCss(muted),
    gridLine: toCss(foreground, highContrast ? 0.3 : 0.12),
    background: toCss(background),
    font: variable('font-family') || 'sans-serif',
    machines: (count) => seriesColours(hues, background, foreground, count),
    others: othersColour(background, foreground),
  };
}

/** Whether a person wants nothing to move by itself; VS Code has its own setting for that. */
export function prefersStillness(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    document.body.classList.contains('vscode-reduce-motion')
  );
}

/**
 * Calls back once after the theme changed, although VS Code rewrites the variables on the root element and the class
 * and theme id of the body in several steps.
 */
export function watchTheme(changed: () => void): void {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        changed();
      });
    }
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id', 'data-vscode-theme-kind'],
  });
}

/** Calls back when the screen has another number of pixels to a CSS pixel, as when the window moves to another monitor. */
export function watchSharpness(changed: () => void): void {
  let known = window.devicePixelRatio;
  // A media query on the resolution tells nothing in some of VS Code's frames.
  new ResizeObserver(() => {
    if (window.devicePixelRatio !== known) {
      known = window.devicePixelRatio;
      changed();
    }
  }).observe(document.documentElement, { box: 'device-pixel-content-box' });
}
