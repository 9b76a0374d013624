import type { Failure } from '../../../usage/failure';
import { below, type RowNode } from '../node';

export interface FailureNode extends RowNode {
  readonly kind: 'failure';
  readonly failure: Failure;
}

/** Says why there is nothing below a row. */
export interface EmptyNode extends RowNode {
  readonly kind: 'empty';
  readonly reason:
    'loading' | 'noMachines' | 'allFilteredOut' | 'noUsage' | 'noBuckets' | 'noGroups' | 'notRead';
}

export interface MoreNode extends RowNode {
  readonly kind: 'more';
  readonly hidden: number;
}

export function failureNode(parent: RowNode, failure: Failure): FailureNode {
  return { ...below(parent, 'failure'), kind: 'failure', failure };
}
