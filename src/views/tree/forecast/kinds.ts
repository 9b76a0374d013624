import type { NodeKinds } from '../nodeKind';
import { forecastRows } from './children';
import { forecastItem, forecastsItem } from './items';
import type { ForecastNode, ForecastsNode } from './nodes';

export const forecastKinds: NodeKinds<ForecastsNode | ForecastNode> = {
  monthEnd: {
    item: forecastsItem,
    children: forecastRows,
  },
  forecast: {
    item: forecastItem,
  },
};
