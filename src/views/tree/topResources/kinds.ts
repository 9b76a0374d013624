import type { NodeKinds } from '../nodeKind';
import { topResourceRows } from './children';
import { sampleItem, topResourceItem, topResourcesItem } from './items';
import type { SampleNode, TopResourceNode, TopResourcesNode } from './nodes';

export const topResourceKinds: NodeKinds<TopResourcesNode | SampleNode | TopResourceNode> = {
  topResources: {
    item: topResourcesItem,
    children: topResourceRows,
  },
  sample: {
    item: sampleItem,
  },
  topResource: {
    item: topResourceItem,
    subject: ({ resource }) => ({ copyable: resource.id }),
  },
};
