import type { MeterId } from '../usage/meter';
import type { Granularity } from '../usage/range';
import type { UtcDay } from '../usage/time';

/** One series over the slots of a chart. */
export interface ChartSeries {
  /** The id of a machine, group or category, or a shape's fingerprint; the same in every chart. Empty for the others. */
  readonly key: string;
  readonly label: string;
  /** `machine` means a machine, group or category, as {@link DashboardView.subject} says. */
  readonly kind: 'machine' | 'shape' | 'others';
  /** Colour index, shared by all charts, so that a machine looks the same in each. */
  readonly colour: number;
  /** One value per slot, in stored units (`Meter.decimals`); NaN if unknown. Exact unless `exact` is present. */
  readonly values: Float64Array;
  /** The same values as whole-number texts; present only if one is beyond 2^53. */
  readonly exact?: readonly string[];
}

/** Every machine, group, category or shape of a chart, in the slots that have begun. Adds up to the chart's series. */
export interface ChartTable {
  /** Largest first. Only a table that would be too long ends with the others, which have no key. */
  readonly rows: readonly Pick<ChartSeries, 'key' | 'label' | 'kind'>[];
  /** Cell = slot × rows + row. In stored units; NaN if unknown. Exact unless `exact` has the cell. */
  readonly values: Float64Array;
  /** Whole-number texts of the values beyond 2^53, by cell. */
  readonly exact: Readonly<Record<number, string>>;
}

/** Usage over time, in slots of an hour or a day each. */
export interface Chart {
  readonly id: 'compute' | 'storage';
  readonly title: string;
  readonly meter: MeterId;
  /** The meters to choose from, including the shown one. */
  readonly meters: readonly { readonly id: MeterId; readonly label: string }[];
  /** May be coarser than chosen, if the vendor gives no finer figures. */
  readonly granularity: Granularity;
  readonly form: ChartForm;
  /** When each slot of the axis begins, including future slots. */
  readonly starts: Float64Array;
  /** How many slots have begun; values of later ones are NaN and mean nothing. */
  readonly begun: number;
  /** Figures from this slot up to `begun` will still grow: they are hatched, and in no average. */
  readonly openFrom: number;
  /** Largest first, the others last. */
  readonly series: readonly ChartSeries[];
  /** Present while the table is open ({@link tableChoice}). */
  readonly table?: ChartTable;
  /** The previous period's total by slot; NaN if unknown or if it has no such slot. */
  readonly previous?: { readonly label: string; readonly values: Float64Array };
  /** What the plan includes per slot, in stored units. */
  readonly allowance?: { readonly label: string; readonly value: number };
  /** Says what its figures are, as of when, and for which account. */
  readonly provenance: string;
  /** Says who measured, and what the figures are not. */
  readonly source: string;
  /** Sentences about what is missing. */
  readonly notes: readonly string[];
  /** A sentence in place of the chart when there is nothing to draw. */
  readonly empty?: string;
}

/** How busy machines were while awake, by day and hour of day (UTC). Cell = day × 24 + hour. */
export interface DutyMap {
  readonly title: string;
  /** Whose duty: the selected machine's name, or `All machines`. */
  readonly of: string;
  readonly days: readonly UtcDay[];
  /** Seconds; NaN if unknown. 0 means asleep, with no duty. */
  readonly awake: Float64Array;
  /** vCPU-time used, in millicore-seconds. */
  readonly used: Float64Array;
  /** Available vCPU-time: requested millicores × awake seconds. */
  readonly capacity: Float64Array;
  /** Says what its figures are, as of when, and for which account. */
  readonly provenance: string;
  readonly notes: readonly string[];
  /** A sentence in place of the map when there is nothing to draw. */
  readonly empty?: string;
}

export type ChartForm = 'bars' | 'area';
