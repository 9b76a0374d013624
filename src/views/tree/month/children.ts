import { monthEstimate } from '../../../insights/estimate/monthEstimate';
import { headlineOf, metersFor, monthFigure } from '../../../insights/month/monthFigure';
import type { AccountUsage } from '../../../store/accountUsage';
import { add, type Amount, compareAmounts } from '../../../usage/amount';
import { amountAt } from '../../../usage/columns/columns';
import type { AccountNode } from '../account/nodes';
import { capabilitiesOf, type TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import type { FigureNode } from './nodes';

/** The figures of the month to date, below its account. Leaves out meters without data, except the headline meter. */
export function monthRows(node: AccountNode, usage: AccountUsage, context: TreeContext): TreeNode[] {
  const capabilities = capabilitiesOf(node);
  const headline = headlineOf(usage, capabilities);
  const figures: TreeNode[] = capabilities.figures
    .flatMap((figure) => metersFor(usage, figure))
    .filter(
      (meter) =>
        capabilities.tellsBilled || meter === headline || monthFigure(usage, meter).meteredSum !== undefined,
    )
    .map((meter) => ({ ...below(node, meter), kind: 'figure', meter }));
  const billed: TreeNode[] =
    capabilities.tellsBilled && headline !== undefined
      ? [{ ...below(node, 'billed'), kind: 'billed', meter: headline }]
      : [];
  return [...figures, ...billed, ...estimateRows(node, usage, context)];
}

/** Empty without rates, and until something with a rate is read. */
function estimateRows(node: AccountNode, usage: AccountUsage, { ratesOf, now }: TreeContext): TreeNode[] {
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
