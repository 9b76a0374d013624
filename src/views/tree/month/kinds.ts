import type { NodeKinds } from '../nodeKind';
import { categoryRows, figureRows } from './children';
import { categoryItem, figureItem, figuresItem } from './items';
import type { CategoryNode, FigureNode, FiguresNode } from './nodes';

export const monthKinds: NodeKinds<FiguresNode | FigureNode | CategoryNode> = {
  figures: {
    item: figuresItem,
    children: figureRows,
  },
  figure: {
    item: figureItem,
    children: categoryRows,
  },
  category: {
    item: categoryItem,
  },
};
