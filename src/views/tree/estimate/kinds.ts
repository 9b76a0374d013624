import type { RowKinds } from '../rowKind';
import { estimateItem } from './items';
import type { EstimateNode } from './nodes';

export const estimateKinds: RowKinds<EstimateNode> = {
  estimate: {
    item: estimateItem,
  },
};
