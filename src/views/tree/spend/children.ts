import type { HourQuery } from '../../../providers/provider';
import { add, type Amount } from '../../../usage/amount';
import type { HourSpend, Quantities, SpendNode } from '../../../usage/bucket';
import { amountAt, endAt, startAt, type UsageColumns } from '../../../usage/columns/columns';
import { toFailure } from '../../../usage/failure';
import type { MeterId } from '../../../usage/meter';
import type { EpochMs } from '../../../usage/time';
import type { TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { BranchNode, SpendDayNode, SpendDaysNode, SpendHourNode } from './nodes';

/** The days of the month that have any rows, newest first. */
export function spendDayRows(node: SpendDaysNode, { store }: TreeContext): TreeNode[] {
  const spend = store.known(node.account.id)?.usage.spend;
  const days = [...(spend?.value ?? [])];
  const rows = days
    .filter(([, columns]) => columns.length > 0)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, columns]): SpendDayNode => ({
      ...below(node, day),
      kind: 'spendDay',
      day,
      quantities: sumOf(columns, () => true),
      isWhole: spend?.missing?.includes(day) !== true,
    }));
  const reason = spend?.value !== undefined && spend.missing === undefined ? 'noUsage' : 'notRead';
  return rows.length > 0 ? rows : [{ ...below(node, 'empty'), kind: 'empty', reason }];
}

export async function spendHourRows(node: SpendDayNode, { store }: TreeContext): Promise<TreeNode[]> {
  try {
    const columns = await store.of(node.account).columns('spend', node.day);
    const firstRows = [...new Set(columns.start)].map((time) => columns.start.indexOf(time));
    return firstRows
      .map((row) => ({ start: startAt(columns, row), end: endAt(columns, row) }))
      .sort((a, b) => b.start - a.start)
      .map((hour): SpendHourNode => ({
        ...below(node, String(hour.start)),
        kind: 'spendHour',
        hour,
        quantities: sumOf(columns, (row) => startAt(columns, row) === hour.start),
      }));
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

/** The rows below an hour, a team or a project. They are requested on opening, no deeper than needed. */
export async function branchRows(
  node: SpendHourNode | BranchNode,
  { store }: TreeContext,
): Promise<TreeNode[]> {
  if (node.kind === 'branch' && node.spend.children !== undefined) {
    return toBranches(node, node.spend.children, node.query, node.askedAt);
  }
  const query = node.kind === 'branch' ? node.query : { start: node.hour.start };
  if (query === undefined) {
    return [];
  }
  try {
    const spend = await store.of(node.account).opened.spend(query);
    const askedAt = store.known(node.account.id)?.opened.spendAsOf(query);
    const rows = toBranches(node, levelOf(query, spend), query, askedAt);
    const { byoc } = spend;
    if (node.kind === 'spendHour' && byoc !== undefined) {
      rows.push({ ...below(node, 'ownCloud'), kind: 'ownCloud', price: byoc, askedAt });
    }
    return rows.length > 0 ? rows : [{ ...below(node, 'empty'), kind: 'empty', reason: 'noUsage' }];
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

function toBranches(
  parent: TreeNode,
  nodes: readonly SpendNode[],
  query: HourQuery | undefined,
  askedAt: EpochMs | undefined,
): TreeNode[] {
  return nodes.map((spend) => ({
    ...below(parent, `${spend.kind}/${spend.id}`),
    kind: 'branch',
    query: query === undefined ? undefined : deeper(query, spend),
    spend,
    askedAt,
  }));
}

/** The query for what is below a node; undefined for a resource, which has nothing. */
function deeper(query: HourQuery, { kind, id }: SpendNode): HourQuery | undefined {
  switch (kind) {
    case 'team':
      return { ...query, teamId: id };
    case 'project':
      return { ...query, projectId: id };
    case 'resourceType':
      return { ...query, resourceType: id };
    case 'resource':
      return undefined;
  }
}

/** The nodes that a query asks for: those below the deepest node that it names. */
function levelOf(query: HourQuery, { nodes }: HourSpend): readonly SpendNode[] {
  let level = nodes;
  for (const id of [query.teamId, query.projectId, query.resourceType]) {
    if (id !== undefined) {
      level = level.find((node) => node.id === id)?.children ?? [];
    }
  }
  return level;
}

/** The exact sums over the rows that pass a filter. */
function sumOf(columns: UsageColumns, wanted: (row: number) => boolean): Quantities {
  const sums: Partial<Record<MeterId, Amount>> = {};
  for (const meter of columns.amounts.keys()) {
    for (let row = 0; row < columns.length; row += 1) {
      const amount = wanted(row) ? amountAt(columns, meter, row) : undefined;
      if (amount !== undefined) {
        sums[meter] = add(sums[meter] ?? 0, amount);
      }
    }
  }
  return sums;
}
