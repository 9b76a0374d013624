import type { Grouping } from '../usage/account';
import type { BreakdownId, DerivedBreakdown, FetchedBreakdown } from '../usage/breakdownId';
import type { MeterId, MoneyKind } from '../usage/meter';

/** How a breakdown is requested. */
export interface PartPlan {
  /** The same with one row per subject and day, if its buckets are shorter than a day. */
  readonly days?: DerivedBreakdown;
  /** How many days one request may cover; `sized`: as many as give a reply of a few megabytes. */
  readonly daysAtOnce: number | 'sized';
  /** Whether it can be requested for a single machine. */
  readonly byMachine: boolean;
}

/** One of the dashboard's two charts of usage over time. */
export interface ChartPlan {
  readonly id: 'compute' | 'storage';
  /** The meters to choose from, the first by default; or a kind of money, in whatever unit the vendor gave it. */
  readonly meters: readonly MeterId[] | MoneyKind;
  /** Replaces the meters if the vendor's rows have none of them, but money of this kind. */
  readonly orMoney?: MoneyKind;
  /** The breakdowns by hour and by day; by day, one for each grouping if there are any. */
  readonly hours: BreakdownId | undefined;
  readonly days: BreakdownId | Readonly<Record<Grouping, BreakdownId>>;
  /** Whether to leave it out when it has no values. */
  readonly optional: boolean;
  /** How the values were made, if they are not the vendor's own series. */
  readonly origin?: 'madeOfDays';
}

/** What a vendor's usage is made of, how it is asked for, and how it is shown. */
export interface ProviderCapabilities {
  /** What a row of usage is about. */
  readonly subject: 'machine' | 'group' | 'category';
  /** What usage can be grouped by, the first by default. */
  readonly groupings: readonly Grouping[];
  readonly parts: Readonly<Partial<Record<FetchedBreakdown, PartPlan>>>;
  /** The breakdowns that make up the month to date, beside the summary; read with every refresh. */
  readonly overview: readonly BreakdownId[];
  /** Maximum requests for days, at once and per minute, so that some remain for the person's own programs. */
  readonly rateLimit: { readonly atOnce: number; readonly perMinute?: number };
  /** The figures of the month to date, in order. */
  readonly figures: readonly (MeterId | MoneyKind)[];
  /** Whether figures are what the vendor has billed so far, from closed buckets; else what it has metered. */
  readonly tellsBilled: boolean;
  /** The figure in the status bar. */
  readonly headline: MeterId | MoneyKind;
  readonly charts: readonly ChartPlan[];
  /** Whether rows tell when machines were awake and how busy they were. */
  readonly duty: boolean;
  /** The vendor's state names for a listed machine that is gone. */
  readonly goneStates: readonly string[];
}
