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

/** Whether its text is selected: selecting text to copy also ends with a click. */
export function isMarked(line: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(line, true);
}

/** Outlines in a box of 16 × 16, drawn with the colour of the text around them. */
const ICONS = {
  refresh: ['M13.5 8a5.5 5.5 0 1 1-1.7-4', 'M13.5 1.5v3h-3'],
  error: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z', 'M8 4.6v4.2', 'M8 10.9v.6'],
  info: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z', 'M8 7.2v4.2', 'M8 4.5v.6'],
  picture: ['M2 3h12v10H2z', 'M2.5 12l3.7-4.5 2.6 3 1.9-2.1 3 3.6', 'M10.6 5.6v.6'],
  good: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z', 'M5.2 8.2l2 2 3.7-4.2'],
  attention: ['M8 2.2L1.9 13.4h12.2z', 'M8 6.4v3.4', 'M8 11.3v.5'],
  close: ['M4.5 4.5l7 7', 'M11.5 4.5l-7 7'],
  bars: ['M2 14h12', 'M4 11.5v-4', 'M8 11.5v-9', 'M12 11.5v-6'],
} as const;

export function icon(which: keyof typeof ICONS, className = 'icon'): SVGElement {
  return svgElement(
    'svg',
    { class: className, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    ...ICONS[which].map((d) => svgElement('path', { d })),
  );
}

export function svgElement(
  name: 'svg' | 'path' | 'rect' | 'line',
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}
