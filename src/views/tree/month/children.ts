import { monthEstimate } from '../../../insights/estimate/monthEstimate';
import { headlineOf, metersFor, monthFigure } from '../../../insights/month/monthFigure';
import type { AccountUsage } from '../../../store/accountUsage';
import { add, type Amount, compareAmounts } from '../../../usage/amount';
import { amountAt } from '../../../usage/columns/columns';
import { capabilitiesOf, type TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import type { FigureNode, FiguresNode } from './nodes';

/** Leaves out meters that the vendor has no data for, except the headline meter. */
export function figureRows(node: FiguresNode, context: TreeContext): TreeNode[] {
  const { store } = context;
  const usage = store.known(node.account.id)?.usage;
  const capabilities = capabilitiesOf(node);
  if (usage === undefined) {
    return [];
  }
  const figures: TreeNode[] = capabilities.figures
    .flatMap((figure) => metersFor(usage, figure))
    .filter(
      (meter) =>
        capabilities.tellsBilled ||
        meter === headlineOf(usage, capabilities) ||
        monthFigure(usage, meter).meteredSum !== undefined,
    )
    .map((meter) => ({ ...below(node, meter), kind: 'figure', meter }));
  return [...figures, ...estimateRows(node, usage, context)];
}

/** Empty without rates, and until something with a rate is read. */
function estimateRows(node: FiguresNode, usage: AccountUsage, { ratesOf, now }: TreeContext): TreeNode[] {
  const rates = ratesOf(node.account);
  return rates === undefined || monthEstimate(usage, rates, now()) === undefined
    ? []
    : [{ ...below(node, 'estimate'), kind: 'estimate' }];
}

/** The categories of a figure of the month, largest first; empty for vendors without them. */
export function categoryRows(node: FigureNode, { store }: TreeContext): TreeNode[] {
  const days = store.known(node.account.id)?.usage.spend.value;
  const sums = new Map<string, Amount>();
  for (const columns of days?.values() ?? []) {
    for (let row = 0; row < columns.length; row += 1) {
      const amount = amountAt(columns, node.meter, row);
      const category = columns.subjectIds[columns.subject[row] ?? -1] ?? '';
      if (amount !== undefined) {
        sums.set(category, add(sums.get(category) ?? 0, amount));
      }
    }
  }
  return [...sums]
    .sort(([, a], [, b]) => compareAmounts(b, a))
    .map(([category, amount]) => ({
      ...below(node, category),
      kind: 'category',
      category,
      meter: node.meter,
      amount,
    }));
}
