import { toApproximateNumber } from '../../../src/usage/amount';
import { element } from '../parts/dom';
import type { DataTableRow } from './tableRows';

/** A line's texts in the order of the columns. */
const TEXTS = ['time', 'name', 'rounded', 'exact', 'note'] as const;
const CLASSES = ['time', 'row-head', 'number', 'number exact', 'note'];

/**
 * An unseen line with the longest text of each column. Since only a few lines exist at a time, the columns would otherwise
 * change their widths while lines come and go.
 */
export class WidestLine {
  readonly root: HTMLTableSectionElement;
  private readonly cells = CLASSES.map((className) => element('td', { className }));

  constructor() {
    this.root = element(
      'tbody',
      { className: 'widest', attributes: { 'aria-hidden': 'true' } },
      element('tr', {}, ...this.cells),
    );
  }

  /** Figures are not written of all rows: those of the largest amount stand for the others. */
  update(rows: readonly DataTableRow[]): void {
    const largest = longest(rows, ({ amount }) => Math.abs(toApproximateNumber(amount ?? 0)));
    TEXTS.forEach((text, column) => {
      const isFigure = text === 'rounded' || text === 'exact';
      const row = isFigure ? largest : longest(rows, (own) => own[text].length);
      const cell = this.cells[column];
      if (cell) {
        cell.textContent = row?.[text] ?? '';
      }
    });
  }
}

/** The row with the highest measure; undefined if there is no row. */
function longest(
  rows: readonly DataTableRow[],
  measure: (row: DataTableRow) => number,
): DataTableRow | undefined {
  let best: DataTableRow | undefined;
  let most = -1;
  for (const row of rows) {
    const own = measure(row);
    if (own > most) {
      [best, most] = [row, own];
    }
  }
  return best;
}
