import { asOf } from '../../../store/accountUsage';
import type { AccountNode } from '../account/nodes';
import { capabilitiesOf, type TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import type { ChecksNode, FindingsNode, RestatementsNode } from './nodes';

/** Maximum rows per kind of finding, and for restatements; the dashboard lists more. */
export const MOST_CHECK_ROWS = 50;

/** Below an account whose vendor tells what it has billed, once something was read. */
export function checksRow(node: AccountNode, { store }: TreeContext): TreeNode[] {
  const usage = store.known(node.account.id)?.usage;
  const isKnown = capabilitiesOf(node).tellsBilled && usage !== undefined && asOf(usage) !== undefined;
  return isKnown ? [{ ...below(node, 'checks'), kind: 'checks' }] : [];
}

/** Sums, findings in rows by kind, and restatements. */
export function checkRows(node: ChecksNode, { checks }: TreeContext): TreeNode[] {
  const { sums = [], findings = [] } = checks.result(node.account.id) ?? {};
  const restatements = checks.restatements(node.account.id);
  return [
    ...sums.map((sum): TreeNode => ({ ...below(node, sum.meter), kind: 'checkSum', sum })),
    ...findings.map((group): TreeNode => ({ ...below(node, group.kind), kind: 'findings', group })),
    { ...below(node, 'restatements'), kind: 'restatements', restatements },
  ];
}

export function findingRows(node: FindingsNode): TreeNode[] {
  return node.group.findings
    .slice(0, MOST_CHECK_ROWS)
    .map((finding, place) => ({ ...below(node, String(place)), kind: 'finding', finding }));
}

export function restatementRows(node: RestatementsNode): TreeNode[] {
  return node.restatements
    .slice(0, MOST_CHECK_ROWS)
    .map((restatement, place) => ({ ...below(node, String(place)), kind: 'restatement', restatement }));
}
