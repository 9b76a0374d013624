import type { MonthEnd } from '../../../insights/forecast/monthEnd';
import type { RowNode } from '../node';

/** Where the month will end. */
export interface MonthEndNode extends RowNode {
  readonly kind: 'monthEnd';
}

/** The forecast of one meter. */
export interface ForecastNode extends RowNode {
  readonly kind: 'forecast';
  readonly end: MonthEnd;
}
