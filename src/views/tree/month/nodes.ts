import type { Amount } from '../../../usage/amount';
import type { MeterId } from '../../../usage/meter';
import type { RowNode } from '../node';

/** The month's figures, billed and metered. */
export interface FiguresNode extends RowNode {
  readonly kind: 'figures';
}

export interface FigureNode extends RowNode {
  readonly kind: 'figure';
  readonly meter: MeterId;
}

/** One category's part of a figure of the month. */
export interface CategoryNode extends RowNode {
  readonly kind: 'category';
  readonly category: string;
  readonly meter: MeterId;
  readonly amount: Amount;
}
