import type { Account } from '../../usage/account';

/** The plain data of every tree row: what it stands for. Its kind makes the words. */
export interface RowNode {
  /** Stable over refreshes, so that VS Code keeps rows open and selected. */
  readonly id: string;
  readonly account: Account;
}

/** 1 for an account. */
export function levelOf({ id }: RowNode): number {
  return id.split('/').length;
}

/** The id and account of a row below another. */
export function below(parent: RowNode, name: string): { id: string; account: Account } {
  return { id: `${parent.id}/${encodeURIComponent(name.toWellFormed())}`, account: parent.account };
}
