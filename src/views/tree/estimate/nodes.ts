import type { RowNode } from '../node';

/** The month's money by the person's own rates. */
export interface EstimateNode extends RowNode {
  readonly kind: 'estimate';
}
