import type { Change, Figure, FigureLine } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import { element, hiddenText } from '../parts/dom';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

const ARROWS: Readonly<Record<Change['direction'], string>> = {
  up: '↗',
  down: '↘',
  same: '→',
  unknown: '',
};

/**
 * The month to date, one card per meter: the first number large, the others under it, each with its name and change.
 * Estimates have a row of their own, apart from what the vendor says.
 */
export function figureCards(figures: readonly Figure[]): HTMLElement[] {
  const isEstimated = ({ lines }: Figure): boolean => lines[0]?.kind === 'estimated';
  const told = figures.filter((figure) => !isEstimated(figure));
  return [
    element('div', { className: 'figure-grid' }, ...cards(told, 'figure')),
    ...cards(figures.filter(isEstimated), 'figure estimated'),
  ];
}

function cards(figures: readonly Figure[], className: string): HTMLElement[] {
  return figures.map(({ label, lines }) =>
    element(
      'div',
      { className, attributes: { role: 'group', 'aria-label': displayText(label) } },
      element('p', { className: 'figure-name', text: displayText(label) }),
      element('dl', {}, ...lines.map((line, index) => figureLine(line, index === 0))),
    ),
  );
}

function figureLine(line: FigureLine, first: boolean): HTMLElement {
  const provenance = displayText(line.provenance, TEXT_LIMIT);
  return element(
    'div',
    { className: first ? `line first ${line.kind}` : `line ${line.kind}`, title: provenance },
    element('dt', { text: displayText(line.label) }),
    element('dd', { className: 'value' }, ...words(line.value)),
    element('dd', { className: 'exact' }, ...words(line.exact)),
    element('dd', { className: 'visually-hidden', text: provenance }),
    ...changeOf(line.change),
  );
}

function changeOf(change: Change | undefined): HTMLElement[] {
  if (!change || change.direction === 'unknown') {
    return [];
  }
  const arrow = element('span', { text: ARROWS[change.direction], attributes: { 'aria-hidden': 'true' } });
  const detail = displayText(change.detail, TEXT_LIMIT);
  return [
    element(
      'dd',
      { className: 'change', title: detail },
      arrow,
      document.createTextNode(` ${displayText(change.text)}`),
      hiddenText(`, ${detail}`),
    ),
  ];
}

/** The words of a text and the spaces between them, so that a line breaks only after a word. */
function words(text: string): Node[] {
  return displayText(text)
    .split(/(\s+)/u)
    .map((part) =>
      /\S/u.test(part) ? element('span', { className: 'word', text: part }) : document.createTextNode(part),
    );
}
