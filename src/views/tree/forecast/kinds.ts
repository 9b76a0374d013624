import type { RowKinds } from '../rowKind';
import { forecastRows } from './children';
import { forecastItem, monthEndItem } from './items';
import type { ForecastNode, MonthEndNode } from './nodes';

export const forecastKinds: RowKinds<MonthEndNode | ForecastNode> = {
  monthEnd: {
    item: monthEndItem,
    children: forecastRows,
  },
  forecast: {
    item: forecastItem,
  },
};
