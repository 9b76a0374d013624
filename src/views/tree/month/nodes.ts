import type { Amount } from '../../../usage/amount';
import type { MeterId } from '../../../usage/meter';
import type { RowNode } from '../node';

/** What the month has come to, of one meter. */
export interface FigureNode extends RowNode {
  readonly kind: 'figure';
  readonly meter: MeterId;
}

/** How much of the headline figure the vendor has billed. */
export interface BilledNode extends RowNode {
  readonly kind: 'billed';
  readonly meter: MeterId;
}

/** One category's part of a figure of the month. */
export interface CategoryNode extends RowNode {
  readonly kind: 'category';
  readonly category: string;
  readonly meter: MeterId;
  readonly amount: Amount;
}
