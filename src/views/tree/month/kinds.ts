import type { NodeKinds } from '../nodeKind';
import { categoryRows } from './children';
import { billedItem, categoryItem, figureItem } from './items';
import type { BilledNode, CategoryNode, FigureNode } from './nodes';

export const monthKinds: NodeKinds<FigureNode | BilledNode | CategoryNode> = {
  figure: {
    item: figureItem,
    children: categoryRows,
  },
  billed: {
    item: billedItem,
  },
  category: {
    item: categoryItem,
  },
};
