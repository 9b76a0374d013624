/** What an element is made with. Data goes in as text or as an attribute, never as markup. */
export interface Make {
  readonly className?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  make: Make = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (make.className !== undefined) {
    made.className = make.className;
  }
  if (make.title !== undefined) {
    made.title = make.title;
  }
  for (const [attribute, value] of Object.entries(make.attributes ?? {})) {
    made.setAttribute(attribute, value);
  }
  if (make.text !== undefined) {
    made.textContent = make.text;
  }
  made.append(...children);
  return made;
}

/** Text for screen readers alone. */
export function hiddenText(text: string): HTMLSpanElement {
  return element('span', { className: 'visually-hidden', text });
}

/** A name that others chose: set apart so that its reading direction cannot reorder what stands beside it. */
export function name(text: string, className: string): HTMLElement {
  return element('bdi', { className, text, title: text });
}

/** Outlines in a box of 16 × 16, drawn with the colour of the text around them. */
const ICONS = {
  refresh: ['M13.5 8a5.5 5.5 0 1 1-1.7-4', 'M13.5 1.5v3h-3'],
  error: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z', 'M8 4.6v4.2', 'M8 10.9v.6'],
  info: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z', 'M8 7.2v4.2', 'M8 4.5v.6'],
  picture: ['M2 3h12v10H2z', 'M2.5 12l3.7-4.5 2.6 3 1.9-2.1 3 3.6', 'M10.6 5.6v.6'],
  bars: ['M2 14h12', 'M4 11.5v-4', 'M8 11.5v-9', 'M12 11.5v-6'],
} as const;

export function icon(which: keyof typeof ICONS, className = 'icon'): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  for (const outline of ICONS[which]) {
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', outline);
    svg.append(path);
  }
  return svg;
}
