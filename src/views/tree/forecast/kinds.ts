import type { RowKinds } from '../rowKind';
import { forecastRows } from './children';
import { forecastItem, forecastsItem } from './items';
import type { ForecastNode, ForecastsNode } from './nodes';

export const forecastKinds: RowKinds<ForecastsNode | ForecastNode> = {
  monthEnd: {
    item: forecastsItem,
    children: forecastRows,
  },
  forecast: {
    item: forecastItem,
  },
};
