import type { NodeKinds } from '../nodeKind';
import { estimateItem } from './items';
import type { EstimateNode } from './nodes';

export const estimateKinds: NodeKinds<EstimateNode> = {
  estimate: {
    item: estimateItem,
  },
};
