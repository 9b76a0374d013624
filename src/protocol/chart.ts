import type { MeterId } from '../usage/meter';
import type { Granularity } from '../usage/range';
import type { UtcDay } from '../usage/time';

/** One series over the slots of a chart. */
export interface ChartSeries {
  /** The id of a machine, group or category, or a shape's fingerprint; the same in every chart. Empty for the others. */
  readonly key: string;
  readonly label: string;
  /** `machine`: what rows of usage are of, by {@link DashboardView.subject}. */
  readonly kind: 'machine' | 'shape' | 'others';
  /** Which colour, counted over all charts: the same machine looks the same in each. */
  readonly colour: number;
  /** One value a slot, as meters are stored (`Meter.decimals`); NaN where it is not known. Exact unless `exact` is there. */
  readonly values: Float64Array;
  /** The same values as texts of whole numbers, present only when one is beyond 2^53. */
  readonly exact?: readonly string[];
}

/** Usage over time, in slots of an hour or a day each. */
export interface Chart {
  readonly id: 'compute' | 'storage';
  readonly title: string;
  readonly meter: MeterId;
  /** Those to choose from, at least the one that is shown. */
  readonly meters: readonly { readonly id: MeterId; readonly label: string }[];
  /** May be coarser than chosen, where the vendor gives no finer figures. */
  readonly granularity: Granularity;
  readonly form: ChartForm;
  /** When each slot of the axis begins, those to come included. */
  readonly starts: Float64Array;
  /** How many slots have begun; values of later ones are NaN and mean nothing. */
  readonly begun: number;
  /** From this slot on up to `begun` the figures will still grow: hatched, and in no average. */
  readonly openFrom: number;
  /** Largest first, the others last. */
  readonly series: readonly ChartSeries[];
  /** The previous period's total, slot by slot; NaN where it is not known or where there is no such slot. */
  readonly previous?: { readonly label: string; readonly values: Float64Array };
  /** What the plan includes a slot, as the meter is stored. */
  readonly allowance?: { readonly label: string; readonly value: number };
  /** Says what its figures are, as of when, and for which account. */
  readonly provenance: string;
  /** Sentences about what is missing, and where the figures come from. */
  readonly notes: readonly string[];
  /** A sentence in place of the chart when there is nothing to draw. */
  readonly empty?: string;
}

/** How busy machines were while awake, by day and hour of day (UTC). Cell = day × 24 + hour. */
export interface DutyMap {
  readonly title: string;
  /** Whose duty: the selected machine's name, or that of all. */
  readonly of: string;
  readonly days: readonly UtcDay[];
  /** Seconds; NaN where it is not known. 0 is asleep, which has no duty. */
  readonly awake: Float64Array;
  /** vCPU-time used, in millicore-seconds. */
  readonly used: Float64Array;
  /** vCPU-time that was there to be used: requested millicores × awake seconds. */
  readonly capacity: Float64Array;
  /** Says what its figures are, as of when, and for which account. */
  readonly provenance: string;
  readonly notes: readonly string[];
  /** A sentence in place of the map when there is nothing to draw. */
  readonly empty?: string;
}

export type ChartForm = 'bars' | 'area';
