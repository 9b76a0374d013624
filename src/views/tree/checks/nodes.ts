import type { Finding, FindingGroup } from '../../../insights/checks/finding';
import type { SumCheck } from '../../../insights/checks/sumCheck';
import type { Restatement } from '../../../usage/restatement';
import type { RowNode } from '../node';

/** Whether the account's figures agree with each other. */
export interface ChecksNode extends RowNode {
  readonly kind: 'checks';
}

export interface CheckSumNode extends RowNode {
  readonly kind: 'checkSum';
  readonly sum: SumCheck;
}

/** Findings in rows, of one kind. */
export interface FindingsNode extends RowNode {
  readonly kind: 'findings';
  readonly group: FindingGroup;
}

export interface FindingNode extends RowNode {
  readonly kind: 'finding';
  readonly finding: Finding;
}

export interface RestatementsNode extends RowNode {
  readonly kind: 'restatements';
  readonly restatements: readonly Restatement[];
}

export interface RestatementNode extends RowNode {
  readonly kind: 'restatement';
  readonly restatement: Restatement;
}
