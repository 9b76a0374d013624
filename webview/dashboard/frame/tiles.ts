import type { Change, DashboardView, Figure, FigureLine } from '../../../src/protocol/messages';
import { displayText } from '../../../src/usage/text';
import type { PageContext } from '../pageContext';
import { element, hiddenText } from '../parts/dom';
import type { Hint } from '../parts/hint';
import { Roving } from '../parts/roving';

/** Longer than any sentence that we write. */
const TEXT_LIMIT = 1000;

/** What a press on a tile does. */
export interface TileActions {
  /** Shows the tile's meter in its chart. */
  readonly show: (opens: NonNullable<Figure['opens']>) => void;
  /** Opens the details of all figures. */
  readonly details: () => void;
}

/**
 * A tile for each meter: what is metered, large; what is billed and the change, small. The rest is said on hover and focus,
 * and in the details. The tiles are one stop of the Tab key.
 */
export class Tiles {
  readonly root: HTMLElement;
  private readonly roving: Roving;
  private readonly tiles = new Map<string, Tile>();

  constructor(
    { language }: PageContext,
    private readonly actions: TileActions,
    private readonly hint: Hint,
  ) {
    this.root = element('div', {
      className: 'tiles',
      attributes: { role: 'toolbar', 'aria-label': language.strings.meter },
    });
    this.roving = new Roving(this.root, 'button');
  }

  update({ figures, charts }: Pick<DashboardView, 'figures' | 'charts'>): void {
    const shown = figures.filter(({ lines }) => lines[0]?.kind !== 'level');
    // Where nothing is drawn, a sentence says why; zeros would say it again.
    this.root.hidden = shown.length === 0 || charts.every(({ empty }) => empty !== undefined);
    for (const [label, tile] of this.tiles) {
      if (!shown.some((figure) => figure.label === label)) {
        this.hint.leave(tile.root);
        tile.root.remove();
        this.tiles.delete(label);
      }
    }
    shown.forEach((figure, index) => {
      const tile = this.tiles.get(figure.label) ?? new Tile(this.actions, this.hint);
      this.tiles.set(figure.label, tile);
      // Only if it is elsewhere, to keep the focus.
      if (this.root.children[index] !== tile.root) {
        this.root.insertBefore(tile.root, this.root.children[index] ?? null);
      }
      const { opens } = figure;
      const isShown = charts.some(({ id, meter }) => id === opens?.chart && meter === opens.meter);
      tile.update(figure, isShown);
    });
    this.roving.update();
  }
}

/** It is kept from view to view, so that its hint stays while figures are refreshed. */
class Tile {
  readonly root = element('button', { className: 'tile', attributes: { type: 'button' } });
  private figure: Figure | undefined;
  private shown = '';

  constructor(
    actions: TileActions,
    private readonly hint: Hint,
  ) {
    hint.attach(this.root, () => (this.figure ? sentencesOf(this.figure) : []));
    this.root.addEventListener('click', () => {
      const opens = this.figure?.opens;
      if (opens) {
        actions.show(opens);
      } else {
        actions.details();
      }
    });
  }

  update(figure: Figure, isShown: boolean): void {
    if (figure.opens) {
      this.root.setAttribute('aria-pressed', String(isShown));
    }
    const next = JSON.stringify(figure);
    if (next !== this.shown) {
      this.shown = next;
      this.figure = figure;
      this.draw(figure);
      this.hint.update(this.root, sentencesOf(figure));
    }
  }

  private draw({ label, lines: [first, second] }: Figure): void {
    this.root.replaceChildren(
      element(
        'span',
        { className: 'tile-head' },
        element('span', { className: 'tile-name', text: displayText(label) }),
        ...changeOf(first?.change),
      ),
      element('span', { className: 'tile-value' }, ...valueOf(displayText(first?.value ?? ''))),
      element('span', { className: 'tile-more', text: moreOf(first, second) }),
    );
  }
}

/** The digits large, and the unit after them small. */
function valueOf(text: string): Node[] {
  const [, digits = text, unit = ''] = /^(.*\d)(\D*)$/u.exec(text) ?? [];
  return [
    element('span', { className: 'tile-digits', text: digits }),
    element('span', { className: 'tile-unit', text: unit }),
  ];
}

/** What is billed; for a vendor that does not tell it, what the one figure is. */
function moreOf(first: FigureLine | undefined, second: FigureLine | undefined): string {
  return second?.kind === 'billed'
    ? `${displayText(second.value)} ${displayText(second.label)}`
    : displayText(first?.label ?? '');
}

/** Nothing for a change that rounds to zero, or that is not known. */
function changeOf(change: Change | undefined): HTMLElement[] {
  if (change === undefined || change.direction === 'unknown' || change.direction === 'same') {
    return [];
  }
  return [
    element(
      'span',
      { className: 'tile-change', text: displayText(change.text) },
      hiddenText(`, ${displayText(change.detail, TEXT_LIMIT)}`),
    ),
  ];
}

/** Each line with its exact figure and what it was compared with; then, once, where they come from. */
function sentencesOf({ lines }: Figure): string[] {
  const figures = lines.flatMap(({ label, value, exact, change }) => {
    const figure = `${displayText(label)}: ${displayText(value)}`;
    const whole = exact === '' ? figure : `${figure} (${displayText(exact)})`;
    return change === undefined || change.direction === 'unknown'
      ? [whole]
      : [whole, `${displayText(change.text)}: ${displayText(change.detail, TEXT_LIMIT)}`];
  });
  const origins = new Set(lines.map(({ provenance }) => displayText(provenance, TEXT_LIMIT)));
  return [...figures, ...origins];
}
