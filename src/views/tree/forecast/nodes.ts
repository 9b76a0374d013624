import type { MeterForecast } from '../../../insights/forecast/meterForecast';
import type { RowNode } from '../node';

/** Where the month will end. */
export interface ForecastsNode extends RowNode {
  readonly kind: 'monthEnd';
}

/** The forecast of one meter. */
export interface ForecastNode extends RowNode {
  readonly kind: 'forecast';
  readonly end: MeterForecast;
}
