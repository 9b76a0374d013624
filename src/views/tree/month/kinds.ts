import type { RowKinds } from '../rowKind';
import { categoryRows, figureRows } from './children';
import { categoryItem, figureItem, figuresItem } from './items';
import type { CategoryNode, FigureNode, FiguresNode } from './nodes';

export const monthKinds: RowKinds<FiguresNode | FigureNode | CategoryNode> = {
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
