import { topResources } from '../../../insights/topResources/topResources';
import { startsOf } from '../../../usage/columns/columns';
import { toFailure } from '../../../usage/failure';
import { type EpochMs, HOUR } from '../../../usage/time';
import type { TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { TopResourceNode, TopResourcesNode } from './nodes';

/** Nobody looks at more. */
const MOST_RESOURCES = 20;

/** The costliest resources in a few hours of the month, below a row about the sample. */
export async function topResourceRows(
  node: TopResourcesNode,
  { store, now }: TreeContext,
): Promise<TreeNode[]> {
  try {
    const days = [...(store.known(node.account.id)?.usage.spend.value ?? [])].filter(
      ([, { length }]) => length > 0,
    );
    const hours: EpochMs[] = [];
    for (const [day] of days) {
      hours.push(...startsOf(await store.of(node.account).columns('spend', day)));
    }
    const closed = hours.filter((hour) => hour + HOUR <= now()).sort((a, b) => a - b);
    const sample = await topResources(closed, (query) => store.of(node.account).opened.spend(query));
    const resources = sample.resources.slice(0, MOST_RESOURCES).map((resource, place): TopResourceNode => ({
      ...below(node, `${place}/${resource.id}`),
      kind: 'topResource',
      resource,
      sample,
    }));
    return [{ ...below(node, 'sample'), kind: 'sample', sample }, ...resources];
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}
